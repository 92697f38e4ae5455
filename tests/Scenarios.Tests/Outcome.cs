using System.Text.Json;

namespace Movc.Scenarios.Tests;

/// <summary>All that must be the same however often a run was interrupted.</summary>
internal sealed class Outcome
{
    private Outcome(Stored stored, JsonElement summary)
    {
        Plans = stored.Plans;
        Realized = stored.Realized;
        Events = stored.Events;
        Setpoints = stored.Setpoints;
        DeadLetters = stored.DeadLetters;
        Summary = summary;
    }

    public IReadOnlyList<string> Plans { get; }

    public IReadOnlyList<string> DeadLetters { get; }

    public IReadOnlyList<string> Realized { get; }

    public IReadOnlyList<string> Events { get; }

    public IReadOnlyList<string> Setpoints { get; }

    public JsonElement Summary { get; }

    public static Outcome Of(Workspace workspace, Ended ended)
    {
        var outcome = new Outcome(workspace.Stored, ended.Summary());
        outcome.Summary.GetProperty("ended").GetString().ShouldBe("finished");
        outcome.Summary.GetProperty("stored").GetInt64().ShouldBe(outcome.Events.Count);
        outcome.Summary.GetProperty("deadLettered").GetInt64().ShouldBe(outcome.DeadLetters.Count);
        return outcome;
    }

    public void ShouldEqual(Outcome undisturbed)
    {
        // In the order in which one causes the next, so that a failure names the first that differs.
        Differs(Events, undisturbed.Events).ShouldBeNull("events");
        Differs(DeadLetters, undisturbed.DeadLetters).ShouldBeNull("dead letters");
        Differs(Plans, undisturbed.Plans).ShouldBeNull("plans");
        Differs(Setpoints, undisturbed.Setpoints).ShouldBeNull("setpoints");
        Differs(Realized, undisturbed.Realized).ShouldBeNull("realized load");
        foreach (string name in (string[])["stateHash", "at", "departures", "departuresUnderPromise", "deadLettersByReason", "pvdrOriginal", "pvdrChargeOnly", "pvdrAfter", "pvdrWindow"])
            Summary.GetProperty(name).GetRawText().ShouldBe(undisturbed.Summary.GetProperty(name).GetRawText(), name);
    }

    /// <summary>The first row in which two lists differ, in words; null where they are equal.</summary>
    public static string? Differs(IReadOnlyList<string> these, IReadOnlyList<string> those)
    {
        for (int i = 0; i < Math.Min(these.Count, those.Count); i++)
        {
            if (!string.Equals(these[i], those[i], StringComparison.Ordinal)) return $"row {i}: {these[i]} instead of {those[i]}";
        }
        return these.Count == those.Count ? null : $"{these.Count} rows instead of {those.Count}";
    }
}
