namespace Movc.RollingOptimizer.Forecast.Evaluation;

/// <summary>A mean and its central 95 % interval.</summary>
public readonly record struct BootstrapInterval(double Mean, double Low, double High);
