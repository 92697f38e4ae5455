using System.Globalization;
using System.Text;
using Movc.Domain.Queries;
using Movc.EventLog;
using Movc.EventLog.Wire;
using Movc.EventLog.Wire.V1;
using SetpointBatch = Movc.Domain.Dispatch.SetpointBatch;
using V1SetpointBatch = Movc.EventLog.Wire.V1.SetpointBatch;

namespace Movc.RollingOptimizer.Horizon;

/// <summary>Writes setpoints and plan summaries to the log.</summary>
public sealed class PlanPublisher(IEventLog log)
{
    private readonly ILogProducer _setpoints = log.OpenProducer(Topics.Setpoints);
    private readonly ILogProducer _plans = log.OpenProducer(Topics.Plans);

    private static ReadOnlySpan<byte> Source => "movc:optimizer"u8;

    /// <summary>One record a shard and interval, also where nothing changes: its arrival lets the shard go on.</summary>
    public async Task PublishSetpointsAsync(string planId, IReadOnlyList<SetpointBatch> batches, IReadOnlyList<string[]> vehicleIds, CancellationToken cancellationToken)
    {
        for (int s = 0; s < batches.Count; s++)
        {
            SetpointBatch batch = batches[s];
            var message = new V1SetpointBatch { AtMs = batch.AtMs, ValidUntilMs = batch.ValidUntilMs, PlanId = planId };
            message.Vehicle.AddRange(vehicleIds[s]);
            message.PowerW.AddRange(batch.PowerW);
            byte[] id = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{planId}/{batch.Shard}"));
            await _setpoints.SendAsync(batch.Shard, CloudEventRecord.Of([], id, Source, "movc.setpoints.issued.v1"u8, batch.AtMs, message), cancellationToken);
        }
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
