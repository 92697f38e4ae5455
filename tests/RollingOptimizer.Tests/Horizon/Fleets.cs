using System.Text;
using Movc.Domain.Charging;
using Movc.Domain.Fleet;
using Movc.Domain.Sources;
using Movc.Domain.Time;
using Movc.RollingOptimizer.Forecast;
using Movc.RollingOptimizer.Horizon;

namespace Movc.RollingOptimizer.Tests.Horizon;

/// <summary>Snapshots, a load and a calendar to plan with.</summary>
internal static class Fleets
{
    /// <summary>2022-07-18 00:00 UTC.</summary>
    public const long At = 1_658_102_400_000;

    public sealed record Vehicle(
        int CapacityWh, int EnergyWh, int MaxChargeW, long DepartureMs, V2gStrategy Consent = V2gStrategy.WhenStaying, int? ChargeOnlyWh = null,
        int StandingW = 0, long SetpointUntilMs = 0, int MaxDischargeW = 0, int? UnmanagedW = null, UnmanagedStart Start = UnmanagedStart.AtOnce,
        int NeededWh = 0);

    public static FleetSnapshot Of(long atMs, params Vehicle[][] shards) =>
        new(atMs, [.. shards.Select((v, s) => Shard(atMs, s, v))]);

    public static ShardSnapshot Shard(long atMs, int shard, Vehicle[] v, double slotChargeOnlyKw = 0, double slotDispatchedKw = 0, FleetOutlook? outlook = null,
        double[]? slotDistrictKw = null, double[]? slotDistrictArrivedKw = null) => new()
    {
        Shard = shard,
        AtMs = atMs,
        JournalSequence = 100 + shard,
        Ids = new Names(shard, v.Length * 2),
        RegisteredCount = v.Length * 2,
        // Every second registered vehicle is plugged in, so that rows and indices differ.
        Vehicle = [.. v.Select((_, k) => k * 2)],
        CapacityWh = [.. v.Select(x => x.CapacityWh)],
        EnergyWh = [.. v.Select(x => x.EnergyWh)],
        ChargeOnlyEnergyWh = [.. v.Select(x => x.ChargeOnlyWh ?? x.EnergyWh)],
        MaxChargeW = [.. v.Select(x => x.MaxChargeW)],
        UnmanagedW = [.. v.Select(x => x.UnmanagedW ?? x.MaxChargeW)],
        UnmanagedStart = [.. v.Select(x => x.Start)],
        MaxDischargeW = [.. v.Select(x => x.MaxDischargeW)],
        DepartureMs = [.. v.Select(x => x.DepartureMs)],
        NeededWh = [.. v.Select(x => x.NeededWh)],
        Consent = [.. v.Select(x => x.Consent)],
        District = [.. v.Select(_ => -1)],
        StandingW = [.. v.Select(x => x.StandingW)],
        SetpointUntilMs = [.. v.Select(x => x.SetpointUntilMs)],
        SlotChargeOnlyKw = slotChargeOnlyKw,
        SlotDispatchedKw = slotDispatchedKw,
        SlotDistrictKw = slotDistrictKw ?? [],
        SlotDistrictArrivedKw = slotDistrictArrivedKw ?? [],
        DeparturesUnderPromise = 0,
        StaleCount = 0,
        Departures = 0,
        SlotWillingChargeOnlyKw = 0,
        SlotWillingChargedKw = 0,
        SlotWillingDischargedKw = 0,
        SatisfactionPpm = 0,
        Outlook = outlook ?? NothingExpected(v.Length),
    };

    /// <summary>Nothing is expected of as many plugged-in vehicles, and none is away.</summary>
    public static FleetOutlook NothingExpected(int plugged) => new()
    {
        GapOffset = new int[plugged + 1],
        UsualChargeW = new int[plugged],
        UsualNeedWh = new int[plugged],
        FromSlot = [],
        ToSlot = [],
        UsedWh = [],
        Vehicle = [],
        CapacityWh = [],
        EnergyWh = [],
        ChargeOnlyEnergyWh = [],
        MaxChargeW = [],
        MaxDischargeW = [],
        NeededWh = [],
    };

    /// <summary>The problem of a fleet beside <see cref="RisingLoad"/>; of present stays alone unless the policy says otherwise.</summary>
    public static HorizonProblem Build(FleetSnapshot fleet, int slots, double[] pastKw, HorizonPolicy? policy = null) =>
        new HorizonBuilder(new UtcCalendar(), UnmanagedCharging.AtOnce).Build(fleet, new KnownCity(new RisingLoad()).Forecast(fleet.AtMs, slots), pastKw, policy ?? PresentStays);

    /// <summary>The strictest promise, for what stands at the plug now.</summary>
    public static HorizonPolicy PresentStays { get; } = new(Satisfaction: 1, LooksBeyondStays: false) { ReserveWh = 0, KeepsNeed = false, ReadySlots = 0 };

    private sealed class Names(int shard, int count) : IVehicleIds
    {
        public int Count => count;

        public ReadOnlySpan<byte> Utf8(int index) => Encoding.UTF8.GetBytes($"s{shard}-v{index}");
    }

    /// <summary>1,000 kW and one more each interval.</summary>
    public sealed class RisingLoad : ICityLoad
    {
        public string Description => "rising";

        public double LoadKw(long intervalStartMs) => 1000 + ((intervalStartMs - At) / Slots.Ms);
    }

    /// <summary>UTC days.</summary>
    public sealed class UtcCalendar : ICityCalendar
    {
        public string TimeZone => "Etc/UTC";

        public int DayNumber(long unixMs) => (int)Math.Floor(unixMs / 86_400_000.0);

        public int MinuteOfDay(long unixMs) => (int)((unixMs - (DayNumber(unixMs) * 86_400_000L)) / 60_000);

        public int OffsetMinutes(long unixMs) => 0;
    }
}
