using Movc.Domain.Mobility;
using Movc.Domain.Places;

namespace Movc.Studies.Estimation.Tracks;

/// <summary>Where a simulated vehicle is at any second: at its stays, and between them on the straight line. Reused from vehicle to vehicle.</summary>
internal sealed class LifeTrack(IMobilityModel mobility, double speedKmPerHour)
{
    private readonly IMobilityWalker _walker = mobility.OpenWalker();
    private readonly StayList _stays = new();
    private readonly List<(int ArriveS, int DepartS, int Region)> _times = [];
    private int _at;

    /// <summary>Stays with their seconds since slot 0.</summary>
    public IReadOnlyList<(int ArriveS, int DepartS, int Region)> Times => _times;

    /// <summary>The stays themselves.</summary>
    public ReadOnlySpan<Stay> Stays => _stays.Items;

    /// <summary>Lives a vehicle from a Monday's slot 0.</summary>
    public void Live(ulong key, int untilSlot)
    {
        _walker.Walk(key, 0, untilSlot, _stays);
        _times.Clear();
        _at = 0;
        int arrive = 0;
        for (int i = 0; i < _stays.Count; i++)
        {
            (int depart, int next) = TripTimes.Of(key, _stays[i], i + 1 < _stays.Count ? _stays[i + 1].StartSlot : Stay.Unknown, speedKmPerHour);
            _times.Add((arrive, depart, _stays[i].Region));
            arrive = next;
        }
    }

    /// <summary>Where a region is, km.</summary>
    public (double EastKm, double NorthKm) PlaceOf(int region) => (mobility.Regions.EastKm[region], mobility.Regions.NorthKm[region]);

    /// <summary>Place at a second, km; seconds must not fall from call to call.</summary>
    public (double EastKm, double NorthKm) At(int second)
    {
        StayRegions regions = mobility.Regions;
        while (_at + 1 < _times.Count && second >= _times[_at + 1].ArriveS) _at++;
        (int _, int depart, int region) = _times[_at];
        if (second < depart || _at + 1 == _times.Count) return (regions.EastKm[region], regions.NorthKm[region]);
        (int next, int _, int to) = _times[_at + 1];
        double part = (second - depart) / (double)Math.Max(1, next - depart);
        return (regions.EastKm[region] + (part * (regions.EastKm[to] - regions.EastKm[region])), regions.NorthKm[region] + (part * (regions.NorthKm[to] - regions.NorthKm[region])));
    }
}
