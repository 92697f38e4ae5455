using Movc.Studies.Points;

namespace Movc.Studies.Regret;

/// <summary>What a period came to against what perfect foresight would have made of it.</summary>
/// <param name="From">Start of the period.</param>
/// <param name="Slots">Its length in intervals.</param>
/// <param name="Vehicles">Willing vehicles that could be dispatched in it.</param>
/// <param name="ChargeOnlyKw">J with every vehicle charging on its own, kW (MOVC Eq. 15).</param>
/// <param name="RollingKw">J as it was, kW.</param>
/// <param name="PerfectKw">J with perfect foresight, kW.</param>
/// <param name="PerfectBoundKw">Certified lower bound of that, kW.</param>
/// <param name="ChargeOnly">Load figures with every vehicle charging on its own.</param>
/// <param name="Rolling">As it was.</param>
/// <param name="Perfect">With perfect foresight.</param>
public sealed record RegretFigures(
    DateTimeOffset From, int Slots, int Vehicles, double ChargeOnlyKw, double RollingKw, double PerfectKw, double PerfectBoundKw,
    LoadFigures ChargeOnly, LoadFigures Rolling, LoadFigures Perfect)
{
    /// <summary>Share of the possible gain that was kept: (J_charge-only − J_rolling)/(J_charge-only − J_perfect); 1 where nothing could be gained.</summary>
    public double Kept => Share(PerfectKw);

    /// <summary>The same against the certified bound: at least this much was kept, whatever the best is.</summary>
    public double KeptAtLeast => Share(PerfectBoundKw);

    /// <summary>Departures in the period.</summary>
    public required long Departures { get; init; }

    /// <summary>Of those, with less than was owed.</summary>
    public required long DeparturesUnderPromise { get; init; }

    /// <summary>Mean satisfaction of the departures (MOVC Eq. 40), 0 to 1.</summary>
    public required double Satisfaction { get; init; }

    /// <summary>Energy delivered by the willing vehicles, MWh.</summary>
    public required double DischargedMwh { get; init; }

    /// <summary>The same with perfect foresight, MWh.</summary>
    public required double PerfectDischargedMwh { get; init; }

    /// <summary>Wear of the willing vehicles' batteries beyond Charge Only's, RMB (MOVC Eqs. 42-44).</summary>
    public required double ExtraWearRmb { get; init; }

    /// <summary>Energy in the willing vehicles at the end less what Charge Only would have left in them, MWh: a gain that was borrowed shows here.</summary>
    public required double StoredMwh { get; init; }

    /// <summary>Needs of the period that even perfect foresight could not have met as they were recorded.</summary>
    public required int Repaired { get; init; }

    private double Share(double bestKw)
    {
        double possible = ChargeOnlyKw - bestKw;
        return possible <= 0 ? 1 : (ChargeOnlyKw - RollingKw) / possible;
    }
}
