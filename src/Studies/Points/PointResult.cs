using Movc.Domain.Metrics;

namespace Movc.Studies.Points;

/// <summary>
/// What a study point comes to. Powers, energies and sums of money are of the whole city: where a sample was simulated they are scaled up.
/// Loads are L (original: the city without its private EVs), Charge Only (L + their unmanaged charging) and after dispatch.
/// </summary>
public sealed record PointResult
{
    public required StudyPoint Point { get; init; }

    /// <summary>Name for people, as Shenzhen.</summary>
    public required string CityName { get; init; }

    /// <summary>See <see cref="Ingest.Simulation.Parameters.CityParameters.Hash"/>.</summary>
    public required string ParametersHash { get; init; }

    public required ParticipationFigures Participation { get; init; }

    public required SolveFigures Solve { get; init; }

    public required LoadFigures Original { get; init; }

    public required LoadFigures ChargeOnly { get; init; }

    public required LoadFigures After { get; init; }

    /// <summary>Peak of the week before − after, MW; before = original.</summary>
    public required double PeakShavingMw { get; init; }

    /// <summary>The same with Charge Only as before.</summary>
    public required double PeakShavingOverChargeOnlyMw { get; init; }

    /// <summary>Valley of the week after − before, MW; before = original.</summary>
    public required double ValleyFillingMw { get; init; }

    /// <summary>The same with Charge Only as before.</summary>
    public required double ValleyFillingOverChargeOnlyMw { get; init; }

    public required EnergyFigures Energy { get; init; }

    /// <summary>RMB paid to owners in the period (MOVC Eq. 14).</summary>
    public required double CompensationRmb { get; init; }

    public required SatisfactionFigures Satisfaction { get; init; }

    /// <summary>kWh discharged to the grid, by vehicle that takes part.</summary>
    public required Inequality DischargedKwh { get; init; }

    /// <summary>RMB of wear, driving and charging included, by vehicle that takes part (MOVC Eqs. 42-44).</summary>
    public required Inequality DegradationRmb { get; init; }

    /// <summary>The same vehicles under Charge Only.</summary>
    public required Inequality DegradationChargeOnlyRmb { get; init; }

    /// <summary>Wear over that of Charge Only, all vehicles together, RMB of the whole city.</summary>
    public double ExtraDegradationRmb => (DegradationRmb.Mean - DegradationChargeOnlyRmb.Mean) * (Participation.WhenStaying + Participation.WhenCharging);

    public required IReadOnlyList<DistrictFigures> Districts { get; init; }

    /// <summary>What the paper's way comes to, where it was asked for.</summary>
    public BatchFigures? PaperWay { get; init; }
}
