using Movc.Domain.Dispatch;
using Movc.Domain.Fleet;
using Movc.RollingOptimizer.Setpoints;

namespace Movc.RollingOptimizer.Horizon;

/// <summary>
/// Districts' limits as a dispatch problem has them: what vehicles charge outside the plan, and what is kept free because plans are missed, is
/// taken off them. A vehicle counts where it stands now, at stays to come too; one that is away counts nowhere.
/// </summary>
internal sealed class LimitedDistricts
{
    private readonly IReadOnlyList<DistrictLimit> _limits;
    private readonly ChargingCurve?[] _fixed;

    /// <param name="limits">The limits, one a district at most.</param>
    /// <param name="curve">Makes an empty curve of the horizon.</param>
    public LimitedDistricts(IReadOnlyList<DistrictLimit> limits, Func<ChargingCurve> curve)
    {
        _limits = limits;
        _fixed = new ChargingCurve?[limits.Count == 0 ? 0 : limits.Max(l => l.District) + 1];
        foreach (DistrictLimit limit in limits) _fixed[limit.District] = curve();
    }

    /// <summary>Where load outside the plan is added: to the city's sum and to its district's.</summary>
    public FixedLoad FixedLoad(ChargingCurve city) => new(city, _fixed);

    /// <summary>The limits on a problem's vehicles; call once all load outside the plan is known.</summary>
    public IReadOnlyList<FleetLimit> Of(FleetSnapshot fleet, HorizonColumns columns)
    {
        if (_limits.Count == 0) return [];
        var vehicles = new List<int>?[_fixed.Length];
        foreach (DistrictLimit limit in _limits) vehicles[limit.District] = [];
        int[] shards = columns.Shard, rows = columns.Row;
        for (int i = 0; i < rows.Length; i++)
        {
            ShardSnapshot shard = fleet.Shards[shards[i]];
            int row = rows[i] < 0 ? ~rows[i] : rows[i];
            if (row < shard.PluggedCount && (uint)shard.District[row] < (uint)vehicles.Length) vehicles[shard.District[row]]?.Add(i);
        }
        return [.. _limits.Select(limit =>
        {
            double[] outsideKw = _fixed[limit.District]!.ToKw();
            double[] maxKw = Array.ConvertAll(outsideKw, kw => limit.ImportKw - limit.RiseKw - kw);
            return new FleetLimit(limit.Name, [.. vehicles[limit.District]!], maxKw, [.. outsideKw.Zip(maxKw, (kw, most) => Math.Min(most, limit.DropKw - limit.ExportKw - kw))]);
        })];
    }
}
