namespace Movc.Studies.Regret;

/// <summary>One rung of the ladder from what happened to perfect foresight: what the plans of the period are given that those of then had not.</summary>
/// <param name="Key">Its name in documents.</param>
/// <param name="Cause">What the step up to it says the loss came of.</param>
/// <param name="Says">For people.</param>
internal sealed record RegretRung(string Key, string Cause, string Says)
{
    /// <summary>Whether nothing is held beyond what was asked for: all that only serves needs that nobody can know yet.</summary>
    public bool IsWithoutReserve { get; init; }

    /// <summary>Whether what the city draws is known: its load, and what vehicles of unwilling owners draw.</summary>
    public bool KnowsLoad { get; init; }

    /// <summary>Whether stays, trips and needs are known; then nothing is held for who leaves earlier than declared either.</summary>
    public bool KnowsStays { get; init; }

    /// <summary>The rungs that are lived again, in their order, each with all that those before it have. The order matters to the split.</summary>
    public static IReadOnlyList<RegretRung> Again { get; } =
    [
        new("everybody-follows", "non-compliance", "everybody follows"),
        new("without-reserve", "reserve", "and no reserve") { IsWithoutReserve = true },
        new("load-known", "load forecast", "and the load known") { IsWithoutReserve = true, KnowsLoad = true },
        new("vehicles-known", "vehicle forecast", "and stays known") { IsWithoutReserve = true, KnowsLoad = true, KnowsStays = true },
    ];

    public const string AsItWas = "as-it-was";

    public const string Perfect = "perfect-foresight";

    public const string LastCause = "horizon";
}
