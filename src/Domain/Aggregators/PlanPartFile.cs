namespace Movc.Domain.Aggregators;

/// <summary>An aggregator's vehicles as a plan saw them, so that it can derive their setpoints from the plan's bundle itself.</summary>
/// <param name="PlanId">The plan.</param>
/// <param name="Zip">A zip archive: the files of an instance folder of those vehicles alone, and index.csv with the index of each in the plan (docs/protocol/plan-bundle.md).</param>
public sealed record PlanPartFile(string PlanId, byte[] Zip);
