namespace Movc.RollingOptimizer.Forecast;

/// <summary>What an interval's plan reckons with beside the vehicles it knows one by one, kW per slot of the horizon.</summary>
/// <param name="OriginalKw">The city without its private EVs; its length is the horizon's.</param>
/// <param name="OthersKw">Vehicles whose owners do not consent, those still to plug in included; null = only the sessions that are known.</param>
/// <param name="WillingChargeOnlyKw">What the willing vehicles would draw on their own, those still to plug in included; null = only the sessions that are known.</param>
public sealed record HorizonForecast(double[] OriginalKw, double[]? OthersKw = null, double[]? WillingChargeOnlyKw = null)
{
    /// <summary>Ends of the central 90 % band of <see cref="OriginalKw"/>, kW; null = it is known.</summary>
    public (double[] LowKw, double[] HighKw)? Band { get; init; }

    public int Slots => OriginalKw.Length;
}
