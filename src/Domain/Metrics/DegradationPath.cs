namespace Movc.Domain.Metrics;

/// <summary>
/// The wear of a battery along a path of stored energies (MOVC Eqs. 42-44). The cost is additive along a monotone way, so it is reckoned
/// at turning points alone: two powers for each instead of two for each slot.
/// </summary>
/// <param name="capacityKwh">Over 0.</param>
/// <param name="startKwh">Stored energy where the path begins.</param>
public struct DegradationPath(double capacityKwh, double startKwh)
{
    private double _turnedKwh = startKwh;
    private double _atKwh = startKwh;
    private double _costRmb;

    /// <summary>Goes on to a stored energy, kWh.</summary>
    public void To(double kwh)
    {
        if ((kwh - _atKwh) * (_atKwh - _turnedKwh) < 0)
        {
            _costRmb += BatteryDegradation.CostRmb(_turnedKwh, _atKwh, capacityKwh);
            _turnedKwh = _atKwh;
        }
        _atKwh = kwh;
    }

    /// <summary>Cost of the path so far, RMB.</summary>
    public readonly double CostRmb => _costRmb + BatteryDegradation.CostRmb(_turnedKwh, _atKwh, capacityKwh);
}
