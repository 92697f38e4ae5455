namespace Movc.Aggregating;

/// <summary>Which aggregator a process is, and of which city.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Url">Where the city's API is.</param>
/// <param name="Token">That opens it; null = none.</param>
/// <param name="Intervals">Intervals to answer; null = until stopped.</param>
internal sealed record AggregatorClientOptions(string Name, Uri Url, string? Token, int? Intervals);
