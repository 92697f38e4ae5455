using Movc.Domain.Events;
using Movc.Domain.Places;
using Movc.Domain.Randomness;
using Movc.Domain.Time;

namespace Movc.Domain.Mobility;

/// <summary>One vehicle's life by <see cref="TimeGeo"/>.</summary>
/// <remarks>
/// A departure is one uniform draw inverted along the product of (1 − hazard) from slot to slot: exactly the slot-by-slot chain of
/// the model, at about a nanosecond a slot.
/// </remarks>
internal sealed class TimeGeoWalker(TimeGeo model) : IMobilityWalker
{
    private const int NeverSlot = Stay.Unknown;
    private const int LongestNewPlaceRedraw = 16;
    private readonly TimeGeoParameters _p = model.Parameters;
    private readonly StayRegions _regions = model.Regions;
    private readonly VisitedPlaces _visited = new();
    private CounterRandom _random;
    private ulong _key;
    private int _offset;
    private double _tours, _leaveOther, _burst;
    private GammaDistance _otherDistance;
    private int _home, _work;
    private int _blockDay, _blockStart, _blockEnd;

    /// <inheritdoc/>
    public int Walk(ulong vehicleKey, int firstSlotOfWeek, int untilSlot, StayList stays)
    {
        Begin(vehicleKey, firstSlotOfWeek);
        stays.Clear();
        ReadOnlySpan<double> share = (_work >= 0 ? _p.CommuterRhythm : _p.NonCommuterRhythm).Share;
        int slot = 0, region = _home;
        PlaceKind place = PlaceKind.Home;
        while (slot < untilSlot)
        {
            int end = Leave(share, place, region, slot, untilSlot + Stay.LookAheadSlots, out bool toWork);
            if (end == NeverSlot)
            {
                stays.Add() = new Stay { StartSlot = slot, EndSlot = NeverSlot, Region = region, Place = place };
                break;
            }
            PlaceKind next = toWork ? PlaceKind.Work : NextPlace(share, place, end);
            int to = next switch
            {
                PlaceKind.Home => _home,
                PlaceKind.Work => _work,
                _ => Other(region),
            };
            double km = _regions.DistanceKm(region, to) * _p.Detour;
            ref Stay stay = ref stays.Add();
            stay = new Stay { StartSlot = slot, EndSlot = end, Region = region, Place = place, TripKm = (float)km };
            slot = end + TripSlots(km);
            region = to;
            place = next;
        }
        return _home;
    }

    private void Begin(ulong vehicleKey, int firstSlotOfWeek)
    {
        _key = vehicleKey;
        _offset = firstSlotOfWeek;
        _random = CounterRandom.OfMobility(vehicleKey);
        TimeGeoTraits traits = TimeGeoTraits.Draw(model, ref _random);
        _tours = traits.ToursPerWeek;
        _leaveOther = traits.DwellRate * _tours;
        _burst = traits.BurstRate * _tours;
        _otherDistance = traits.OtherDistance;
        (_home, _work) = (traits.Home, traits.Work);
        _visited.Clear();
        _blockDay = -1;
        _blockStart = NeverSlot;
        _blockEnd = 0;
        if (_work >= 0) NextBlock();
    }

    /// <summary>The next work block that does not overlap the one before, of a day's own stream: what happens on the way does not shift it.</summary>
    private void NextBlock()
    {
        int busyUntil = _blockEnd;
        while (true)
        {
            _blockDay++;
            CounterRandom random = CounterRandom.OfDay(_key, _blockDay);
            int dayOfWeek = (_offset / Slots.PerDay + _blockDay) % 7;
            if (!_p.Work.TryDraw(dayOfWeek, ref random, out int start, out int duration)) continue;
            int from = _blockDay * Slots.PerDay - _offset % Slots.PerDay + start;
            if (from < busyUntil || from < 1) continue;
            _blockStart = from;
            _blockEnd = from + duration;
            return;
        }
    }

    /// <summary>When the stay ends, and whether it is work that ends it.</summary>
    private int Leave(ReadOnlySpan<double> share, PlaceKind place, int region, int slot, int limit, out bool toWork)
    {
        toWork = false;
        if (place == PlaceKind.Work)
        {
            int end = Math.Max(slot + 1, _blockEnd);
            NextBlock();
            return end;
        }
        int forced = NeverSlot;
        while (_work >= 0)
        {
            int travel = TripSlots(_regions.DistanceKm(region, _work) * _p.Detour);
            forced = Math.Max(slot + 1, _blockStart - travel);
            // Too late to be there before the block is over: this day's work falls out.
            if (forced + travel < _blockEnd) break;
            NextBlock();
        }
        double rate = place == PlaceKind.Home ? _tours : _leaveOther;
        double survival = 1 - _random.NextUniform();
        int at = slot + 1;
        int ofWeek = (_offset + at) % share.Length;
        double stayed = 1;
        for (; at < forced; at++)
        {
            if (at >= limit) return NeverSlot;
            stayed *= Math.Max(0, 1 - rate * share[ofWeek]);
            if (stayed < survival) return at;
            if (++ofWeek == share.Length) ofWeek = 0;
        }
        toWork = true;
        return forced;
    }

    private PlaceKind NextPlace(ReadOnlySpan<double> share, PlaceKind from, int slot)
    {
        if (from == PlaceKind.Home) return PlaceKind.Other;
        double again = _burst * share[(_offset + slot) % share.Length];
        return _random.NextUniform() < again ? PlaceKind.Other : PlaceKind.Home;
    }

    private int Other(int from)
    {
        int known = 1 + (_work >= 0 ? 1 : 0) + _visited.Count;
        bool explore = _random.NextUniform() < _p.ExplorationRate * Math.Pow(known, -_p.ExplorationDecay);
        if (!explore && _visited.TryReturn(from, ref _random, out int back)) return back;
        int place = from;
        for (int i = 0; i < LongestNewPlaceRedraw; i++)
        {
            place = model.Destinations.Draw(from, _otherDistance, ref _random);
            // Short-distance vehicles may know all that is near: then the last draw stands, as one more visit.
            if (place != _home && place != _work && !_visited.Contains(place)) break;
        }
        if (place == _home || place == _work) return _visited.TryReturn(from, ref _random, out back) ? back : place;
        _visited.Add(place);
        return place;
    }

    private int TripSlots(double km) => Math.Max(1, (int)Math.Ceiling(km / _p.SpeedKmPerHour / Slots.Hours));
}
