using Movc.Domain.Events;
using Movc.Domain.Places;
using Movc.Domain.Queries;
using Movc.TwinState.Shards;

namespace Movc.TwinState.History;

/// <summary>Sums of vehicles by district, over any number of shards; the last district is that of vehicles in none.</summary>
internal sealed class DistrictSums(IDistrictMap districts)
{
    private readonly Sums[] _sums = [.. Enumerable.Range(0, districts.Names.Count + 1).Select(_ => new Sums())];

    /// <summary>Adds a shard at an instant to which it was moved.</summary>
    public void Add(ShardState state, long atMs)
    {
        ShardColumns c = state.Columns;
        for (int i = 0; i < c.Count; i++)
        {
            if (c.Version[i] == 0) continue;
            int district = c.PositionToldMs[i] == 0 ? -1 : districts.Of(c.LatitudeE7[i], c.LongitudeE7[i]);
            _sums[district < 0 ? ^1 : district].Add(state, i, atMs);
        }
    }

    /// <summary>Adds another's sums.</summary>
    public void Add(DistrictSums other)
    {
        for (int d = 0; d < _sums.Length; d++) _sums[d].Add(other._sums[d]);
    }

    public DistrictView City()
    {
        var city = new Sums();
        foreach (Sums sums in _sums) city.Add(sums);
        return city.View(DistrictView.CityName);
    }

    public IReadOnlyList<DistrictView> Districts() => districts.Names.Count == 0
        ? []
        : [.. districts.Names.Select((name, d) => _sums[d].View(name)), .. _sums[^1].Vehicles > 0 ? [_sums[^1].View(DistrictView.Elsewhere)] : Array.Empty<DistrictView>()];

    private sealed class Sums
    {
        private const int Classes = (int)Quality.Blocked + 1;
        private readonly double[] _vehiclesBy = new double[Classes];
        private readonly double[] _powerBy = new double[Classes];
        private int _plugged;
        private int _available;
        private int _driving;
        private double _powerW;
        private double _chargeOnlyW;
        private double _storedWh;

        public int Vehicles { get; private set; }

        public void Add(ShardState state, int i, long atMs)
        {
            ShardColumns c = state.Columns;
            Quality quality = FleetQuality.At(c, i, atMs);
            Vehicles++;
            _vehiclesBy[(int)quality]++;
            if (c.IsDriving(i)) _driving++;
            if (!c.IsPlugged(i)) return;
            _plugged++;
            if (c.IsAvailable(i)) _available++;
            int powerW = state.PowerW(i, atMs);
            _powerW += powerW;
            _powerBy[(int)quality] += Math.Abs(powerW);
            _chargeOnlyW += state.ChargeOnlyW(i, atMs);
            _storedWh += c.EnergyMilliWh[i] / 1000.0;
        }

        public void Add(Sums other)
        {
            Vehicles += other.Vehicles;
            _plugged += other._plugged;
            _available += other._available;
            _driving += other._driving;
            _powerW += other._powerW;
            _chargeOnlyW += other._chargeOnlyW;
            _storedWh += other._storedWh;
            for (int q = 0; q < Classes; q++)
            {
                _vehiclesBy[q] += other._vehiclesBy[q];
                _powerBy[q] += other._powerBy[q];
            }
        }

        public DistrictView View(string name) => new(
            name, Vehicles, _plugged, _available, _driving, _powerW / 1000, _powerBy.Sum() / 1000, _chargeOnlyW / 1000, _storedWh / 1000, FleetQuality.Shares(_vehiclesBy, out _), FleetQuality.Shares(_powerBy, out _));
    }
}
