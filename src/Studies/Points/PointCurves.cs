namespace Movc.Studies.Points;

/// <summary>Curves of the period, a value a slot, of the whole city.</summary>
public sealed record PointCurves
{
    public required double[] OriginalMw { get; init; }

    public required double[] ChargeOnlyMw { get; init; }

    public required double[] AfterMw { get; init; }

    /// <summary>Drawn by the vehicles that take part.</summary>
    public required double[] ChargingMw { get; init; }

    /// <summary>Given back by them, 0 or more.</summary>
    public required double[] DischargingMw { get; init; }

    /// <summary>Stored energy of staying vehicles under Charge Only, kWh per vehicle of the whole fleet.</summary>
    public required double[] StoredChargeOnlyKwh { get; init; }

    /// <summary>The same after dispatch.</summary>
    public required double[] StoredAfterKwh { get; init; }

    /// <summary>MOVC Eq. 38 under Charge Only, kWh per vehicle of the whole fleet.</summary>
    public required double[] ChargingPotentialKwh { get; init; }

    /// <summary>MOVC Eq. 39 under Charge Only, kWh per vehicle of the whole fleet.</summary>
    public required double[] DischargingPotentialKwh { get; init; }
}
