using System.Text;
using Movc.Domain.Randomness;
using Movc.Domain.Time;

namespace Movc.Domain.Aggregators;

/// <summary>Answers setpoints as an aggregator would that delays, refuses, falls silent and follows in part: a pure function of its seed, the vehicle and the interval.</summary>
public sealed class SimulatedAggregator(AggregatorBehaviour behaviour)
{
    /// <summary>Time from a setpoint to the meter reading that shows it, ms [G].</summary>
    private const long MeterMs = 60_000;

    /// <summary>Whether it takes everything over at once.</summary>
    public bool IsObedient => behaviour.IsObedient;

    /// <summary>What it says on receiving setpoints; null = nothing, it is silent in this interval.</summary>
    public SetpointAck? Accept(SetpointPart part)
    {
        if (Silent(part)) return null;
        CounterRandom delay = Random($"delay/{part.Aggregator}/{part.Shard}", part.AtMs);
        long saidMs = part.AtMs + (long)(-1000 * behaviour.DelaySeconds * Math.Log(1 - delay.NextUniform()));
        return new SetpointAck(
            part.Aggregator, part.AtMs, part.Shard, saidMs, AckKind.Accepted,
            behaviour.RefusedShare <= 0 ? [] : [.. part.Vehicle.Where(id => IsRefused(id, part.AtMs)).Select(id => new SetpointException(id, SetpointOutcome.Rejected, null))]);
    }

    /// <summary>What its meters tell of them; null = nothing.</summary>
    public SetpointAck? Observe(SetpointPart part)
    {
        if (Silent(part)) return null;
        var exceptions = new List<SetpointException>();
        for (int k = 0; k < part.Count; k++)
        {
            if (behaviour.RefusedShare > 0 && IsRefused(part.Vehicle[k], part.AtMs)) exceptions.Add(new SetpointException(part.Vehicle[k], SetpointOutcome.Rejected, null));
            else if (behaviour.PartialShare > 0 && FollowedShare(part.Vehicle[k], part.AtMs) is var share and < 1)
                exceptions.Add(new SetpointException(part.Vehicle[k], SetpointOutcome.NotFollowed, (int)Math.Round(part.PowerW[k] * share)));
        }
        // Soon after it began, so that the twin learns of it before the next plan.
        return new SetpointAck(part.Aggregator, part.AtMs, part.Shard, part.AtMs + MeterMs, AckKind.Observed, exceptions);
    }

    private bool Silent(SetpointPart part)
    {
        if (behaviour is { Outage: { } outage, Aggregators: { } aggregators } && outage.Cuts(aggregators, Index(aggregators, part.Aggregator), part.AtMs)) return true;
        if (behaviour.SilentShare <= 0) return false;
        CounterRandom random = Random($"silent/{part.Aggregator}", part.AtMs);
        return random.NextUniform() < behaviour.SilentShare;
    }

    private static int Index(IAggregatorMap aggregators, string name)
    {
        int k = 0;
        while (!string.Equals(aggregators.Names[k], name, StringComparison.Ordinal)) k++;
        return k;
    }

    private bool IsRefused(string vehicle, long atMs)
    {
        CounterRandom random = Random($"refuse/{vehicle}", atMs);
        return random.NextUniform() < behaviour.RefusedShare;
    }

    private double FollowedShare(string vehicle, long atMs)
    {
        CounterRandom random = Random($"partial/{vehicle}", atMs);
        return random.NextUniform() < behaviour.PartialShare ? random.NextUniform() : 1;
    }

    private CounterRandom Random(string of, long atMs)
    {
        ulong hash = 14_695_981_039_346_656_037;
        foreach (byte b in Encoding.UTF8.GetBytes(of)) hash = (hash ^ b) * 1_099_511_628_211;
        return CounterRandom.OfDay(CounterRandom.VehicleKey(behaviour.Seed, 0) ^ hash, (int)(atMs / Slots.Ms));
    }
}
