using System.Text;
using Google.Protobuf;
using Movc.Domain.Dispatch;
using Movc.EventLog.Records;
using V1SetpointBatch = Movc.EventLog.Wire.V1.SetpointBatch;

namespace Movc.TwinState.Shards;

/// <summary>Reads a shard's setpoints of an interval from a record that anybody may have written.</summary>
internal static class SetpointReader
{
    /// <summary>No city has more aggregators.</summary>
    private const int MaxParts = 10_000;

    /// <summary>Reads and checks.</summary>
    /// <param name="record">As it came.</param>
    /// <param name="state">The shard whose vehicles are meant.</param>
    /// <param name="boundaryMs">The interval that waits for setpoints: none can be for a later one.</param>
    /// <param name="setpoints">The batch, its vehicles by rising local index.</param>
    /// <param name="parts">Which part of its interval it is, and of how many.</param>
    /// <param name="fault">What is wrong, in words.</param>
    public static bool TryRead(in LogRecord record, ShardState state, long boundaryMs, out SetpointBatch setpoints, out (int Part, int Parts) parts, out string fault)
    {
        parts = (0, 1);
        setpoints = new SetpointBatch(state.Shard, 0, 0, [], []);
        V1SetpointBatch message;
        try
        {
            message = V1SetpointBatch.Parser.ParseFrom(record.Value);
        }
        catch (InvalidProtocolBufferException)
        {
            fault = "the record is not a SetpointBatch message";
            return false;
        }
        fault = Fault(message, boundaryMs);
        if (fault.Length > 0) return false;
        if (message.Parts > 0) parts = (message.Part, message.Parts);
        int[] vehicle = new int[message.Vehicle.Count], power = [.. message.PowerW];
        for (int k = 0; k < vehicle.Length; k++)
        {
            vehicle[k] = state.Find(Encoding.UTF8.GetBytes(message.Vehicle[k]));
            if (vehicle[k] >= 0) continue;
            fault = $"a setpoint names the vehicle \"{message.Vehicle[k]}\", which shard {state.Shard} does not hold";
            return false;
        }
        Array.Sort(vehicle, power);
        setpoints = new SetpointBatch(state.Shard, message.AtMs, message.ValidUntilMs, vehicle, power);
        return true;
    }

    private static string Fault(V1SetpointBatch message, long boundaryMs)
    {
        if (message.AtMs % Domain.Time.Slots.Ms != 0 || message.AtMs <= 0) return "at_ms is not the start of an interval";
        if (message.AtMs > boundaryMs) return "at_ms lies after the interval that waits for setpoints";
        if (message.ValidUntilMs <= message.AtMs) return "valid_until_ms does not lie after at_ms";
        if (message.Parts > MaxParts || message.Part < 0 || message.Part >= Math.Max(1, message.Parts)) return $"it is part {message.Part} of {message.Parts}";
        return message.Vehicle.Count == message.PowerW.Count ? string.Empty : $"{message.Vehicle.Count} vehicles and {message.PowerW.Count} powers";
    }
}
