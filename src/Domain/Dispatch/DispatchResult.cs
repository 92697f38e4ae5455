namespace Movc.Domain.Dispatch;

/// <summary>A solved dispatch with its certificate. Objective and bound in kW with the 1/T of MOVC Eq. 15.</summary>
public sealed class DispatchResult
{
    public required DispatchStatus Status { get; init; }

    public required double ObjectiveKw { get; init; }

    /// <summary>Lower bound that <see cref="Prices"/> prove, kW.</summary>
    public required double BoundKw { get; init; }

    /// <summary>(objective − bound) / max(|bound|, 1 kW).</summary>
    public double Gap => (ObjectiveKw - BoundKw) / Math.Max(Math.Abs(BoundKw), 1.0);

    /// <summary>Wall time from the instance to the certificate, s.</summary>
    public required double Seconds { get; init; }

    /// <summary>Net load after dispatch, kW per slot.</summary>
    public required double[] AfterKw { get; init; }

    /// <summary>Dual prices π over the past slots of day 0 (first) and the horizon; each in [−1, 1], each day summing to 0. Length P + T.</summary>
    public required double[] Prices { get; init; }

    /// <summary>Power of every vehicle in slot 0, W, charging positive. Length N.</summary>
    public required int[] FirstSlotPowerW { get; init; }

    public required IReadOnlyList<InfeasibleVehicle> Infeasible { get; init; }

    /// <summary>Regenerates any schedule.</summary>
    public required IScheduleSource Schedules { get; init; }

    /// <summary>Warm-start prices μ for the next solve, horizon slots only. Length T.</summary>
    public required double[] WarmPrices { get; init; }
}
