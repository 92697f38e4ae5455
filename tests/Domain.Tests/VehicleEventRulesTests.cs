using Movc.Domain.Charging;
using Movc.Domain.Events;
using Movc.Domain.Fleet;

namespace Movc.Domain.Tests;

public sealed class VehicleEventRulesTests
{
    private const long NoonMs = 1_700_000_000_000;

    public static TheoryData<string, VehicleEvent> Passing => new()
    {
        { "registered", Of(VehicleEventType.Registered) with { CapacityWh = 60_000 } },
        { "registered with all", Of(VehicleEventType.Registered) with { CapacityWh = 60_000, EnergyWh = 60_000, Consent = V2gStrategy.WhenStaying } },
        { "location reported", Of(VehicleEventType.LocationReported) with { LatitudeE7 = 225_460_000, LongitudeE7 = 1_140_420_000, Place = PlaceKind.Home } },
        { "departed", Of(VehicleEventType.Departed) },
        { "arrived", Of(VehicleEventType.Arrived) },
        { "plugged in with energy", Of(VehicleEventType.PluggedIn) with { MaxChargeW = 7_000, EnergyWh = 0 } },
        { "plugged in with state of charge", Of(VehicleEventType.PluggedIn) with { MaxChargeW = 0, StateOfChargePpm = 0 } },
        { "plugged in with a promise", Of(VehicleEventType.PluggedIn) with { MaxChargeW = 7_000, MaxDischargeW = 7_000, EnergyWh = 1, DeclaredDepartureMs = NoonMs + 1, NeededAtDepartureWh = 0 } },
        { "unplugged", Of(VehicleEventType.Unplugged) },
        { "metered energy", Of(VehicleEventType.EnergyMetered) with { EnergyWh = 5 } },
        { "metered state of charge", Of(VehicleEventType.EnergyMetered) with { StateOfChargePpm = 1_000_000 } },
        { "metered power", Of(VehicleEventType.EnergyMetered) with { PowerW = -7_000 } },
        { "consent changed", Of(VehicleEventType.ConsentChanged) with { Consent = V2gStrategy.ChargeOnly } },
        { "setpoint rejected", Of(VehicleEventType.SetpointRejected) },
        { "setpoint timed out", Of(VehicleEventType.SetpointTimedOut) },
        { "setpoint not followed", Of(VehicleEventType.SetpointNotFollowed) },
        { "delivery reported", Of(VehicleEventType.DeliveryReported) },
        { "delivery of a period", Of(VehicleEventType.DeliveryReported) with { PowerW = -7_000, DeliveredWh = -VehicleEventRules.MaxCapacityWh, DeliveredFromMs = NoonMs - 1 } },
        { "earliest", Of(VehicleEventType.Arrived) with { OccurredAtMs = VehicleEventRules.EarliestMs } },
        { "latest", Of(VehicleEventType.Arrived) with { OccurredAtMs = VehicleEventRules.LatestMs } },
        { "largest", Of(VehicleEventType.Arrived) with { CapacityWh = VehicleEventRules.MaxCapacityWh, EnergyWh = VehicleEventRules.MaxCapacityWh, NeededAtDepartureWh = VehicleEventRules.MaxCapacityWh, MaxChargeW = VehicleEventRules.MaxPowerW, MaxDischargeW = VehicleEventRules.MaxPowerW, PowerW = VehicleEventRules.MaxPowerW, LatitudeE7 = 900_000_000, LongitudeE7 = 1_800_000_000 } },
        { "smallest", Of(VehicleEventType.Arrived) with { CapacityWh = 1, EnergyWh = 0, NeededAtDepartureWh = 0, MaxChargeW = 0, MaxDischargeW = 0, PowerW = -VehicleEventRules.MaxPowerW, LatitudeE7 = -900_000_000, LongitudeE7 = -1_800_000_000 } },
    };

    public static TheoryData<string, VehicleEvent> OutOfRange => new()
    {
        { "energy delivered -1500001 Wh lies outside", Arrived with { DeliveredWh = -VehicleEventRules.MaxCapacityWh - 1 } },
        { "energy delivered 1500001 Wh lies outside", Arrived with { DeliveredWh = VehicleEventRules.MaxCapacityWh + 1 } },
        { "the period of a delivery must begin", Arrived with { DeliveredFromMs = NoonMs } },
        { "the period of a delivery must begin", Arrived with { DeliveredFromMs = VehicleEventRules.EarliestMs - 1 } },
        { "time 946684799999 ms lies outside", Arrived with { OccurredAtMs = VehicleEventRules.EarliestMs - 1 } },
        { "time 4102444800001 ms lies outside", Arrived with { OccurredAtMs = VehicleEventRules.LatestMs + 1 } },
        { "time -9223372036854775808 ms", Arrived with { OccurredAtMs = long.MinValue } },
        { "state of charge 1.7 lies outside 0 to 1", Arrived with { StateOfChargePpm = 1_700_000 } },
        { "state of charge 1.000001 lies outside", Arrived with { StateOfChargePpm = 1_000_001 } },
        { "state of charge -0.000001 lies outside", Arrived with { StateOfChargePpm = -1 } },
        { "capacity 0 Wh", Arrived with { CapacityWh = 0 } },
        { "capacity 1500001 Wh", Arrived with { CapacityWh = VehicleEventRules.MaxCapacityWh + 1 } },
        { "energy -1 Wh", Arrived with { EnergyWh = -1 } },
        { "energy 1500001 Wh", Arrived with { EnergyWh = VehicleEventRules.MaxCapacityWh + 1 } },
        { "energy 60001 Wh is over the capacity 60000 Wh", Arrived with { EnergyWh = 60_001, CapacityWh = 60_000 } },
        { "charging power -1 W", Arrived with { MaxChargeW = -1 } },
        { "charging power 4000001 W", Arrived with { MaxChargeW = VehicleEventRules.MaxPowerW + 1 } },
        { "discharging power -1 W", Arrived with { MaxDischargeW = -1 } },
        { "discharging power 4000001 W", Arrived with { MaxDischargeW = VehicleEventRules.MaxPowerW + 1 } },
        { "power 4000001 W", Arrived with { PowerW = VehicleEventRules.MaxPowerW + 1 } },
        { "power -2147483648 W", Arrived with { PowerW = int.MinValue } },
        { "latitude 90.0000001", Arrived with { LatitudeE7 = 900_000_001 } },
        { "latitude -90.0000001", Arrived with { LatitudeE7 = -900_000_001 } },
        { "longitude 180.0000001", Arrived with { LongitudeE7 = 1_800_000_001 } },
        { "longitude -180.0000001", Arrived with { LongitudeE7 = -1_800_000_001 } },
        { "energy used -1 Wh", Arrived with { EnergyUsedWh = -1 } },
        { "energy used 1500001 Wh", Arrived with { EnergyUsedWh = VehicleEventRules.MaxCapacityWh + 1 } },
        { "unmanaged power -1 W", Arrived with { UnmanagedChargeW = -1 } },
        { "unmanaged power 7001 W lies outside 0 to the charging power, 7000 W", Of(VehicleEventType.PluggedIn) with { MaxChargeW = 7_000, UnmanagedChargeW = 7_001 } },
        { "unmanaged start 2 is neither", Arrived with { UnmanagedStart = (UnmanagedStart)2 } },
        { "energy needed -1 Wh", Arrived with { NeededAtDepartureWh = -1 } },
        { "energy needed 1500001 Wh", Arrived with { NeededAtDepartureWh = VehicleEventRules.MaxCapacityWh + 1 } },
        { "the declared departure is not after the plug-in", Arrived with { DeclaredDepartureMs = NoonMs } },
        { "consent 3 is not a strategy", Arrived with { Consent = (V2gStrategy)3 } },
        { "place 0 is not a kind of place", Arrived with { Place = 0 } },
        { "place 4 is not a kind of place", Arrived with { Place = (PlaceKind)4 } },
    };

    public static TheoryData<string, VehicleEvent> Missing => new()
    {
        { "capacity_wh is missing", Of(VehicleEventType.Registered) with { EnergyWh = 5 } },
        { "latitude_e7 and longitude_e7 is missing", Of(VehicleEventType.LocationReported) with { LatitudeE7 = 1 } },
        { "latitude_e7 and longitude_e7 is missing", Of(VehicleEventType.LocationReported) with { LongitudeE7 = 1 } },
        { "max_charge_w is missing", Of(VehicleEventType.PluggedIn) with { EnergyWh = 5 } },
        { "energy_wh, state_of_charge_ppm or power_w is missing", Of(VehicleEventType.EnergyMetered) },
        { "consent is missing", Of(VehicleEventType.ConsentChanged) },
    };

    private static VehicleEvent Arrived => Of(VehicleEventType.Arrived);

    [Theory]
    [MemberData(nameof(Passing), DisableDiscoveryEnumeration = true)]
    public void An_event_within_the_rules_passes(string name, VehicleEvent e)
    {
        Refusal refusal = VehicleEventRules.Check(e);
        refusal.ShouldBe(Refusal.None, name);
        refusal.IsRefused.ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(OutOfRange), DisableDiscoveryEnumeration = true)]
    public void A_value_out_of_range_is_refused_and_named(string detail, VehicleEvent e)
    {
        Refusal refusal = VehicleEventRules.Check(e);
        refusal.Reason.ShouldBe(DeadLetterReason.OutOfRange);
        refusal.IsRefused.ShouldBeTrue();
        refusal.Detail.ShouldStartWith(detail, Case.Sensitive);
    }

    [Theory]
    [MemberData(nameof(Missing), DisableDiscoveryEnumeration = true)]
    public void A_field_the_type_needs_is_asked_for_by_its_name_on_the_wire(string detail, VehicleEvent e) =>
        VehicleEventRules.Check(e).ShouldBe(new Refusal(DeadLetterReason.MissingField, detail));

    [Theory]
    [InlineData(0)]
    [InlineData(13)]
    [InlineData(255)]
    public void An_unknown_type_is_refused_before_anything_else(int type)
    {
        VehicleEvent e = new() { Type = (VehicleEventType)type, OccurredAtMs = -1, StateOfChargePpm = 1_700_000 };
        VehicleEventRules.Check(e).ShouldBe(new Refusal(DeadLetterReason.UnknownType, $"type {type} is not a vehicle event"));
    }

    [Fact]
    public void Every_known_type_has_a_passing_event_here() =>
        Passing.Select(row => ((VehicleEvent)((ITheoryDataRow)row).GetData()[1]!).Type).Distinct().Order().ShouldBe(Enum.GetValues<VehicleEventType>());

    [Fact]
    public void Checking_an_event_that_passes_makes_no_object()
    {
        VehicleEvent e = Of(VehicleEventType.PluggedIn) with { MaxChargeW = 7_000, EnergyWh = 5, CapacityWh = 60_000, Consent = V2gStrategy.WhenStaying };
        bool refused = VehicleEventRules.Check(e).IsRefused;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++) refused |= VehicleEventRules.Check(e).IsRefused;
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        refused.ShouldBeFalse();
    }

    private static VehicleEvent Of(VehicleEventType type) => new() { Type = type, OccurredAtMs = NoonMs };
}
