namespace Movc.Domain.Queries;

/// <summary>What a plan reckoned with of the city's load without its private EVs, beside what it expects (<see cref="LoadCurves.OriginalKw"/>).</summary>
/// <param name="Forecaster">How it was foreseen.</param>
/// <param name="LowKw">Lower end of the central 90 % band per interval of the horizon, kW.</param>
/// <param name="HighKw">Upper end, kW.</param>
public sealed record ForecastBand(string Forecaster, IReadOnlyList<double> LowKw, IReadOnlyList<double> HighKw);
