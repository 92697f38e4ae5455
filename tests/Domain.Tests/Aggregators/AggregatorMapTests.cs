using System.Text;
using Movc.Domain.Aggregators;

namespace Movc.Domain.Tests.Aggregators;

public sealed class AggregatorMapTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(37)]
    public void A_hash_shares_vehicles_out_evenly_whatever_their_ids_have_in_common(int count)
    {
        var map = new HashedAggregators(count);
        map.Names.Count.ShouldBe(count);
        foreach (string prefix in new[] { "sz-", "CN-SZX-E0000", "" })
        {
            var of = new int[count];
            const int Vehicles = 40_000;
            for (int v = 0; v < Vehicles; v++) of[map.Of(Encoding.UTF8.GetBytes($"{prefix}{v:D7}"))]++;
            of.ShouldAllBe(n => Math.Abs(n - (Vehicles / (double)count)) < 6 * Math.Sqrt(Vehicles / (double)count) + 1);
        }
    }

    [Fact]
    public void The_longest_prefix_decides_and_the_rest_has_a_name()
    {
        var map = new PrefixedAggregators([("North", "CN-N"), ("South", "CN-"), ("North", "X")]);
        map.Names.ShouldBe(["North", "South", PrefixedAggregators.Rest]);
        string Of(string id) => map.Names[map.Of(Encoding.UTF8.GetBytes(id))];
        (Of("CN-N1"), Of("CN-S1"), Of("X9"), Of("DE-1"), Of("C")).ShouldBe(("North", "South", "North", PrefixedAggregators.Rest, PrefixedAggregators.Rest));
    }

    [Fact]
    public void A_simulated_aggregator_answers_by_its_seed_and_in_the_shares_that_it_was_given()
    {
        var behaviour = new AggregatorBehaviour(Seed: 3, DelaySeconds: 20, RefusedShare: 0.1, PartialShare: 0.2, SilentShare: 0.3);
        string[] ids = [.. Enumerable.Range(0, 500).Select(v => $"v{v}")];
        int silent = 0, refused = 0, partial = 0, asked = 0;
        double delayS = 0;
        for (int slot = 1; slot <= 200; slot++)
        {
            var part = new SetpointPart("a", 0, slot * 600_000L, (slot + 3) * 600_000L, ids, [.. ids.Select(_ => -4_000)]);
            SetpointAck? accepted = new SimulatedAggregator(behaviour).Accept(part), observed = new SimulatedAggregator(behaviour).Observe(part);
            (accepted is null).ShouldBe(observed is null);
            if (accepted is null || observed is null)
            {
                silent++;
                continue;
            }
            asked += ids.Length;
            delayS += (accepted.SaidAtMs - part.AtMs) / 1000.0;
            refused += accepted.Exceptions.Count;
            partial += observed.Exceptions.Count(e => e.Outcome == SetpointOutcome.NotFollowed);
            // Who refused is not metered as following either; who follows in part gives less than all, the same way.
            observed.Exceptions.Where(e => e.Outcome == SetpointOutcome.Rejected).Select(e => e.Vehicle).ShouldBe(accepted.Exceptions.Select(e => e.Vehicle));
            observed.Exceptions.Where(e => e.Outcome == SetpointOutcome.NotFollowed).ShouldAllBe(e => e.PowerW >= -4_000 && e.PowerW <= 0);
            new SimulatedAggregator(behaviour).Accept(part)!.Exceptions.ShouldBe(accepted.Exceptions);
        }
        (silent / 200.0).ShouldBe(0.3, 0.1);
        (refused / (double)asked).ShouldBe(0.1, 0.01);
        // Of those that did not refuse.
        (partial / (double)asked).ShouldBe(0.18, 0.01);
        (delayS / (200 - silent)).ShouldBe(20, 6);
        new SimulatedAggregator(new AggregatorBehaviour()).IsObedient.ShouldBeTrue();
    }
}
