using System.Globalization;
using System.Text;
using Movc.Domain.Aggregators;
using Movc.Domain.Queries;
using Movc.EventLog;
using Movc.EventLog.Wire;
using Movc.EventLog.Wire.V1;
using Movc.RollingOptimizer.Setpoints;
using SetpointBatch = Movc.Domain.Dispatch.SetpointBatch;
using V1SetpointBatch = Movc.EventLog.Wire.V1.SetpointBatch;

namespace Movc.RollingOptimizer.Horizon;

/// <summary>Writes setpoints and plan summaries to the log.</summary>
/// <param name="log">The log.</param>
/// <param name="desk">Keeps what went out; null = nobody answers.</param>
public sealed class PlanPublisher(IEventLog log, SetpointDesk? desk = null)
{
    private static readonly IAggregatorMap Everybody = new HashedAggregators(1);
    private readonly ILogProducer _setpoints = log.OpenProducer(Topics.Setpoints);
    private readonly ILogProducer _plans = log.OpenProducer(Topics.Plans);

    private static ReadOnlySpan<byte> Source => "movc:optimizer"u8;

    /// <summary>One record an aggregator, shard and interval; also where nothing changes one a shard, for its arrival lets the shard go on.</summary>
    /// <param name="planId">The plan that they are of.</param>
    /// <param name="batches">One a shard.</param>
    /// <param name="vehicleIds">Ids of each batch's vehicles.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task PublishSetpointsAsync(string planId, IReadOnlyList<SetpointBatch> batches, IReadOnlyList<string[]> vehicleIds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentNullException.ThrowIfNull(vehicleIds);
        IAggregatorMap aggregators = desk?.Aggregators ?? Everybody;
        // Whose vehicles are left out must be asked all the same, or would never be heard again.
        IReadOnlyList<string> silent = desk?.Silent ?? [];
        IReadOnlyList<SetpointPart>[] parts = [.. batches.Select((batch, s) => AggregatorParts.Of(batch, vehicleIds[s], aggregators, s == 0 ? silent : []))];
        foreach (IReadOnlyList<SetpointPart> shard in parts)
        {
            for (int n = 0; n < shard.Count; n++) await SendAsync(planId, shard[n], n, shard.Count, cancellationToken);
        }
        if (desk is not null) await desk.SentAsync(planId, batches, vehicleIds, parts, cancellationToken);
    }

    private async Task SendAsync(string planId, SetpointPart part, int number, int count, CancellationToken cancellationToken)
    {
        var message = new V1SetpointBatch { AtMs = part.AtMs, ValidUntilMs = part.ValidUntilMs, PlanId = planId, Aggregator = part.Aggregator, Part = number, Parts = count };
        message.Vehicle.AddRange(part.Vehicle);
        message.PowerW.AddRange(part.PowerW);
        byte[] id = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{planId}/{part.Shard}/{number}"));
        await _setpoints.SendAsync(part.Shard, CloudEventRecord.Of(Encoding.UTF8.GetBytes(part.Aggregator), id, Source, "movc.setpoints.issued.v1"u8, part.AtMs, message), cancellationToken);
    }

    public async Task PublishSummaryAsync(PlanView plan, CancellationToken cancellationToken)
    {
        var message = new PlanSummary
        {
            PlanId = plan.Id,
            AtMs = plan.At.ToUnixTimeMilliseconds(),
            Index = plan.Index,
            Status = plan.Status,
            Cause = plan.Cause,
            ObjectiveKw = plan.ObjectiveKw,
            BoundKw = plan.BoundKw,
            Gap = plan.Gap,
            Seconds = plan.Seconds,
            Vehicles = plan.Vehicles,
            SetpointsChanged = plan.SetpointsChanged,
            Hash = plan.Hash,
        };
        byte[] id = Encoding.UTF8.GetBytes(plan.Id);
        await _plans.SendAsync(0, CloudEventRecord.Of(id, id, Source, "movc.plan.published.v1"u8, message.AtMs, message), cancellationToken);
    }
}
