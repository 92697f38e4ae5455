using Movc.Domain.Queries;

namespace Movc.Audit;

/// <summary>What an independent reading of a plan came to.</summary>
public sealed record AuditReport
{
    /// <summary>Vehicles whose schedule was replayed.</summary>
    public required int Checked { get; init; }

    /// <summary>Vehicles of the plan.</summary>
    public required int Vehicles { get; init; }

    /// <summary>Whether the bound was recomputed from the prices.</summary>
    public required bool BoundChecked { get; init; }

    /// <summary>Faults, exact even where <see cref="Findings"/> is cut off.</summary>
    public required long FindingCount { get; init; }

    /// <summary>The first faults, in the order found; at most <see cref="AuditOptions.MaxFindings"/>.</summary>
    public required IReadOnlyList<AuditFinding> Findings { get; init; }

    /// <summary>What this audit did not look at, each in one sentence; empty when it looked at everything.</summary>
    public required IReadOnlyList<string> NotChecked { get; init; }

    /// <summary>Objective recomputed from the schedules, kW with the 1/T of MOVC Eq. 15; null when not all were replayed.</summary>
    public required double? ObjectiveKw { get; init; }

    /// <summary>Lower bound recomputed from the prices alone, kW with the 1/T; null when not <see cref="BoundChecked"/>.</summary>
    public required double? BoundKw { get; init; }

    /// <summary>(objective − bound)/max(|bound|, 1 kW) of the recomputed pair; null where one is missing.</summary>
    public double? Gap => (ObjectiveKw - BoundKw) / (BoundKw is { } bound ? Math.Max(Math.Abs(bound), 1.0) : null);

    public bool IsClean => FindingCount == 0;

    /// <summary>The report as pages and the API show it.</summary>
    public AuditView ToView() => new(
        Checked,
        Vehicles,
        (int)Math.Min(FindingCount, int.MaxValue),
        Findings.Count > 0 ? Findings[0].Message : string.Empty);
}
