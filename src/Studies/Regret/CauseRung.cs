namespace Movc.Studies.Regret;

/// <summary>One rung of the ladder as people and machines read it.</summary>
/// <param name="Name">as-it-was, everybody-follows, without-reserve, load-known, vehicles-known, perfect-foresight.</param>
/// <param name="Cause">What the step from the rung before came of: non-compliance, reserve, load forecast, vehicle forecast, horizon; empty for the first.</param>
/// <param name="Says">For people.</param>
/// <param name="ObjectiveKw">Perfect foresight's J and the rung's loss, kW: of what happened its own J.</param>
/// <param name="LossKw">What the rung is over perfect foresight that leaves the same energies at the end, kW.</param>
/// <param name="StepKw">The rung's part of the whole loss: the loss of the rung before less its own, kW. May be negative.</param>
/// <param name="StepShare">The same as a share of the possible gain.</param>
public sealed record CauseRung(string Name, string Cause, string Says, double ObjectiveKw, double LossKw, double StepKw, double StepShare)
{
    /// <summary>J as the rung went, kW, with the energies that it left at the end.</summary>
    public required double RunKw { get; init; }

    /// <summary>J of perfect foresight that leaves the same energies, kW.</summary>
    public required double PerfectKw { get; init; }

    /// <summary>Certified lower bound of that, kW.</summary>
    public required double PerfectBoundKw { get; init; }

    /// <summary>Departures of the vehicles looked at; null for perfect foresight.</summary>
    public required long? Departures { get; init; }

    /// <summary>Of those, with less than was owed; null for perfect foresight.</summary>
    public required long? DeparturesUnderPromise { get; init; }

    /// <summary>Energy at the end less what Charge Only would have left, MWh; null for perfect foresight, which leaves what was left.</summary>
    public required double? StoredMwh { get; init; }
}
