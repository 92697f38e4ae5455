namespace Movc.Ingest.Publishing;

/// <summary>How the city's clock turns.</summary>
/// <param name="Speed">City seconds per wall second, over 0; null = as fast as it goes.</param>
/// <param name="Intervals">Intervals to run from where the twin stands; null = to the source's end.</param>
public sealed record DriverOptions(double? Speed, int? Intervals);
