using Movc.Domain.Events;
using Movc.Domain.Fleet;
using Movc.Domain.Habits;
using Movc.Domain.Hashing;
using Movc.TwinState.Shards;
using Movc.TwinState.Snapshots;
using Movc.TwinState.Store;

namespace Movc.TwinState.Tests.Shards;

/// <summary>Images of shards: the same state back bit for bit, old formats for ever, damage noticed.</summary>
public sealed class ShardImageTests
{
    /// <summary>A snapshot as format 1 had it, of a city of 400 simulated vehicles; its hash is that of the events before it.</summary>
    [Fact]
    public void The_golden_image_of_format_1_is_still_read()
    {
        byte[] packed = Convert.FromHexString(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "shard-image.format1.hex")).Trim());
        var snapshot = new StoredSnapshot(3, 74, 1, packed);
        byte[] image = ShardImage.Unpack(snapshot).ShouldNotBeNull();
        var state = new ShardState(3, FleetModel.Plain);
        ShardImage.TryRestore(image, 1, state).ShouldBeTrue();
        (state.Counters.Registered, state.Columns.Count, state.Counters.Accepted).ShouldBe((24, 24, 64));
        StateHash.ToHex(state.Hash()).ShouldBe("be0f3285d4f8fd96133071379389940f");
        // Written anew it is of the present format, and the same state.
        using ImageWriter again = ShardImage.Take(state);
        StoredSnapshot now = ShardImage.Pack(3, 74, again.Written.Span);
        now.Format.ShouldBe(ShardImage.Format);
        var back = new ShardState(3, FleetModel.Plain);
        ShardImage.TryRestore(ShardImage.Unpack(now)!, now.Format, back).ShouldBeTrue();
        using ImageWriter twice = ShardImage.Take(back);
        twice.Written.Span.SequenceEqual(again.Written.Span).ShouldBeTrue();
    }

    [Fact]
    public void Every_column_comes_back_and_half_an_image_is_none()
    {
        var random = new Random(5);
        var state = new ShardState(1, FleetModel.Plain);
        for (int v = 0; v < 300; v++)
        {
            int i = state.Add(System.Text.Encoding.UTF8.GetBytes($"véhicule-{v}"));
            state.Apply(i, new VehicleEvent { Type = VehicleEventType.Registered, OccurredAtMs = 1_000_000 + random.Next(1_000_000), CapacityWh = 50_000 + v, EnergyWh = random.Next(50_000), Consent = (V2gStrategy)random.Next(3), LatitudeE7 = random.Next(), LongitudeE7 = -random.Next() });
            if (random.Next(2) == 0) state.Apply(i, new VehicleEvent { Type = VehicleEventType.PluggedIn, OccurredAtMs = 3_000_000 + random.Next(1_000_000), MaxChargeW = 7_000, DeclaredDepartureMs = 9_000_000 + random.Next(1_000_000), Place = PlaceKind.Home, Quality = (Quality)random.Next(5) });
        }
        using ImageWriter image = ShardImage.Take(state);
        var back = new ShardState(1, FleetModel.Plain);
        ShardImage.TryRestore(image.Written.Span, ShardImage.Format, back).ShouldBeTrue();
        back.Hash().ShouldBe(state.Hash());
        using ImageWriter again = ShardImage.Take(back);
        again.Written.Span.SequenceEqual(image.Written.Span).ShouldBeTrue();
        // Two columns follow from the others, or are over with the interval (DistrictLoadTests).
        foreach (string column in typeof(ShardColumns).GetFields().Where(f => f.FieldType.IsArray && f.Name is not (nameof(ShardColumns.District) or nameof(ShardColumns.IsNew))).Select(f => f.Name))
        {
            Array before = (Array)typeof(ShardColumns).GetField(column)!.GetValue(state.Columns)!, after = (Array)typeof(ShardColumns).GetField(column)!.GetValue(back.Columns)!;
            for (int i = 0; i < 300; i++) after.GetValue(i).ShouldBe(before.GetValue(i), column);
        }
        foreach (int length in new[] { 0, 7, 8, 100, image.Written.Length / 2, image.Written.Length - 1 })
            ShardImage.TryRestore(image.Written.Span[..length], ShardImage.Format, new ShardState(1, FleetModel.Plain)).ShouldBeFalse();
        ShardImage.TryRestore([.. image.Written.Span, 0], ShardImage.Format, new ShardState(1, FleetModel.Plain)).ShouldBeFalse();
        for (int n = 0; n < 2000; n++)
        {
            byte[] spoilt = ShardImage.Pack(1, 1, image.Written.Span).State;
            spoilt[random.Next(spoilt.Length)] ^= (byte)(1 << random.Next(8));
            // Whatever it says, it says it without a fault of ours.
            if (ShardImage.Unpack(new StoredSnapshot(1, 1, ShardImage.Format, spoilt)) is { } unpacked) ShardImage.TryRestore(unpacked, ShardImage.Format, new ShardState(1, FleetModel.Plain));
        }
    }

    [Fact]
    public void An_image_of_format_3_comes_back_with_its_habits_and_without_usual_needs()
    {
        var state = new ShardState(1, FleetModel.Plain);
        int v = state.Add("v"u8);
        state.Apply(v, new VehicleEvent { Type = VehicleEventType.Registered, OccurredAtMs = 1_000_000, CapacityWh = 50_000, EnergyWh = 40_000, Consent = V2gStrategy.WhenStaying });
        for (int n = 0; n < HabitColumns.KnownNeeds; n++)
        {
            long atMs = 2_000_000 + (n * 4_000_000L);
            state.Apply(v, new VehicleEvent { Type = VehicleEventType.PluggedIn, OccurredAtMs = atMs, MaxChargeW = 7_000, DeclaredDepartureMs = atMs + 3_000_000, NeededAtDepartureWh = 9_000 });
            state.Apply(v, new VehicleEvent { Type = VehicleEventType.Unplugged, OccurredAtMs = atMs + 3_000_000 });
        }
        foreach ((int format, int usualNeedWh) in new[] { (3, 0), (ShardImage.Format, 9_000) })
        {
            using ImageWriter image = ShardImage.Take(state, format);
            var back = new ShardState(1, FleetModel.Plain);
            ShardImage.TryRestore(image.Written.Span, format, back).ShouldBeTrue();
            VehicleHabit habit = back.Columns.Habits.Of(v);
            (habit.UsualChargeW, habit.UsualNeedWh).ShouldBe((7_000, usualNeedWh));
        }
    }
}
