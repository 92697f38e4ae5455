using Movc.Domain.Charging;
using Movc.Domain.Dispatch;
using Movc.Domain.Fleet;
using Movc.Domain.Queries;
using Movc.RollingOptimizer.Setpoints;

namespace Movc.RollingOptimizer.Horizon;

/// <summary>
/// Keeps districts' limits to the watt in the coming interval: where setpoints and what vehicles do on their own come to more, setpoints are
/// taken back, first of vehicles that have most time left to charge what is owed to them; of those that deliver, first of the emptiest.
/// </summary>
/// <param name="fleet">The fleet.</param>
/// <param name="unmanaged">How vehicles charge that nobody dispatches.</param>
/// <param name="policy">What is owed.</param>
internal sealed class LimitGuard(FleetSnapshot fleet, UnmanagedCharging unmanaged, HorizonPolicy policy)
{
    private readonly record struct Candidate(int Shard, int Row, double Order) : IComparable<Candidate>
    {
        // Ties by place: the same on every machine.
        public int CompareTo(Candidate other) => (Order, Shard, Row).CompareTo((other.Order, other.Shard, other.Row));
    }

    /// <summary>Takes back what is over the limits.</summary>
    /// <param name="limits">The limits.</param>
    /// <param name="wanted">Power of every plugged-in vehicle; is changed.</param>
    /// <returns>A view of each limit.</returns>
    public LimitView[] Keep(IReadOnlyList<DistrictLimit> limits, WantedPower wanted) => [.. limits.Select(limit => Keep(limit, wanted))];

    /// <summary>What each district draws so, kW, charging positive.</summary>
    public double[] PlannedKw(int districts, WantedPower wanted)
    {
        var netW = new long[districts];
        for (int s = 0; s < fleet.Shards.Count; s++)
        {
            ShardSnapshot shard = fleet.Shards[s];
            for (int k = 0; k < shard.PluggedCount; k++)
            {
                if ((uint)shard.District[k] < (uint)districts) netW[shard.District[k]] += wanted.EffectiveW(fleet, s, k);
            }
        }
        return Array.ConvertAll(netW, w => w / 1000.0);
    }

    private LimitView Keep(DistrictLimit limit, WantedPower wanted)
    {
        long netW = (long)Math.Round(1000 * PlannedKw(limit.District + 1, wanted)[limit.District]);
        double importW = 1000 * (limit.ImportKw - limit.RiseKw), exportW = 1000 * (limit.ExportKw - limit.DropKw);
        int cut = 0;
        if (netW > importW) cut = TakeBack(limit.District, wanted, ref netW, (long)Math.Floor(importW), charging: true);
        else if (netW < -exportW) cut = TakeBack(limit.District, wanted, ref netW, (long)Math.Ceiling(-exportW), charging: false);
        bool isKnown = fleet.Shards.All(s => limit.District < s.SlotDistrictKw.Length);
        return new LimitView(
            limit.Name, Finite(limit.ImportKw), Finite(limit.ExportKw), netW / 1000.0, limit.RiseKw, limit.DropKw,
            isKnown ? fleet.Shards.Sum(s => s.SlotDistrictKw[limit.District]) : null, cut, netW <= importW && netW >= -exportW);
    }

    private int TakeBack(int district, WantedPower wanted, ref long netW, long towardW, bool charging)
    {
        var candidates = new List<Candidate>();
        for (int s = 0; s < fleet.Shards.Count; s++)
        {
            ShardSnapshot shard = fleet.Shards[s];
            for (int k = 0; k < shard.PluggedCount; k++)
            {
                int powerW = wanted.PowerW[s][k];
                if (shard.District[k] != district || !wanted.TakesPart[s][k] || powerW == 0 || powerW > 0 != charging) continue;
                candidates.Add(new Candidate(s, k, charging ? -SlackHours(shard, k) : shard.EnergyWh[k]));
            }
        }
        candidates.Sort();
        int cut = 0;
        foreach (Candidate c in candidates)
        {
            long over = netW - towardW;
            if (charging ? over <= 0 : over >= 0) break;
            int powerW = wanted.PowerW[c.Shard][c.Row], left = charging ? (int)Math.Max(0, powerW - over) : (int)Math.Min(0, powerW - over);
            wanted.PowerW[c.Shard][c.Row] = left;
            netW += left - powerW;
            cut++;
        }
        return cut;
    }

    /// <summary>How long a vehicle can wait and still charge what is owed to it at its departure, h; negative where it cannot any more.</summary>
    private double SlackHours(ShardSnapshot shard, int k)
    {
        if (!ExpectedDeparture.TryOf(shard, k, out long departureMs)) return 0;
        double owedWh = Owed.Wh(shard.NeededWh[k], Owed.ChargeOnlyWh(shard, k, unmanaged, departureMs), policy, shard.Outlook.UsualNeedWh[k]);
        double chargeHours = Math.Max(0, owedWh - shard.EnergyWh[k]) / (DispatchParameters.Efficiency * Math.Max(1, shard.MaxChargeW[k]));
        return ((departureMs - shard.AtMs) / 3_600_000.0) - chargeHours;
    }

    private static double? Finite(double kw) => double.IsFinite(kw) ? kw : null;
}
