namespace Movc.Ingest.Simulation.Parameters;

/// <summary>The city's load without its private EVs' charging (model.md §8).</summary>
public sealed record LoadParameters
{
    /// <summary>Workday by hour, 24 values of mean about 1.</summary>
    public required IReadOnlyList<double> HourlyShape { get; init; }

    public required double WeekendLevel { get; init; }

    public required double WeekendAmplitude { get; init; }

    /// <summary>Time over which workday and weekend blend, centred on midnight, minutes; 0 = a step.</summary>
    public required double WeekendTransitionMin { get; init; }

    public required IReadOnlyList<SeasonParameters> Seasons { get; init; }
}
