namespace Movc.Domain.Queries;

/// <summary>Provenance of the frame's numbers.</summary>
/// <param name="Overall">good, stale, substituted or invalid: the worst that matters.</param>
/// <param name="VehiclesByQuality">Vehicles by the quality of their last event.</param>
/// <param name="LoadSource">What the load curve is.</param>
/// <param name="Assumptions">Marks of assumed inputs: [G] own estimate, [P] published, [S] stated by the paper.</param>
public sealed record FrameQuality(
    string Overall, IReadOnlyDictionary<string, int> VehiclesByQuality, string LoadSource, IReadOnlyList<string> Assumptions);
