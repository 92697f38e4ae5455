using Movc.Domain.Events;
using Movc.Domain.Fleet;
using Movc.Domain.Time;

namespace Movc.TwinState.Tests.Twins;

/// <summary>Vehicles that do what vehicles do, and now and then what they cannot do.</summary>
internal static class RandomScript
{
    public const long Start = 1_658_102_400_000;

    public static List<(string Vehicle, VehicleEvent Event)> Draw(int seed, int vehicles, int slots)
    {
        var random = new Random(seed);
        var script = new List<(string Vehicle, VehicleEvent Event)>();
        for (int v = 0; v < vehicles; v++)
        {
            string id = $"v-{v:D4}";
            int capacity = random.Next(20_000, 90_000);
            if (random.Next(15) > 0)
                script.Add((id, new VehicleEvent { Type = VehicleEventType.Registered, OccurredAtMs = Start - 1000, CapacityWh = capacity, EnergyWh = random.Next(capacity), Consent = (V2gStrategy)random.Next(3) }));
            long at = Start + random.Next(0, 1_200_000);
            bool plugged = false;
            while (at < Start + (slots * Slots.Ms))
            {
                var e = new VehicleEvent { Type = VehicleEventType.Arrived, OccurredAtMs = at, Quality = (Quality)random.Next(5) };
                int what = random.Next(20);
                if (what < 7)
                {
                    // Every tenth time in a state in which it cannot be.
                    if (random.Next(10) == 0) plugged = !plugged;
                    e = plugged
                        ? e with { Type = VehicleEventType.Unplugged, EnergyWh = random.Next(capacity) }
                        : e with { Type = VehicleEventType.PluggedIn, MaxChargeW = 7_000, MaxDischargeW = random.Next(2) * 7_000, StateOfChargePpm = random.Next(1_000_001), DeclaredDepartureMs = random.Next(3) == 0 ? null : at + random.Next(1, 30_000_000) };
                    plugged = !plugged;
                }
                else
                {
                    e = what switch
                    {
                        7 => e with { Type = VehicleEventType.PluggedIn, MaxChargeW = 7_000, StateOfChargePpm = 1_700_000 },
                        8 => e with { Type = VehicleEventType.EnergyMetered, EnergyWh = capacity + random.Next(1, 1000) },
                        9 => e with { Type = VehicleEventType.EnergyMetered, EnergyWh = random.Next(capacity) },
                        10 => e with { Type = VehicleEventType.LocationReported, LatitudeE7 = 225_000_000, LongitudeE7 = random.Next() % 1_800_000_000 },
                        11 => e with { Type = VehicleEventType.LocationReported, LatitudeE7 = 1 },
                        12 => e with { Type = VehicleEventType.ConsentChanged, Consent = (V2gStrategy)random.Next(4) },
                        13 => e with { Type = VehicleEventType.SetpointRejected, PowerW = 0 },
                        14 => e with { Type = VehicleEventType.Registered, CapacityWh = capacity },
                        15 => e with { Type = VehicleEventType.Departed, Place = PlaceKind.Home, EnergyWh = random.Next(capacity) },
                        _ => e with { Place = PlaceKind.Work },
                    };
                }
                script.Add((id, e));
                at += random.Next(1, 900_000);
            }
        }
        script = [.. script.OrderBy(s => s.Event.OccurredAtMs)];
        // Some are told after later ones of the same vehicle, a few of them days after.
        for (int i = 1; i < script.Count; i++)
        {
            if (random.Next(30) > 0) continue;
            int later = Math.Min(script.Count - 1, i + random.Next(1, 40));
            if (Slots.Floor(script[i].Event.OccurredAtMs) == Slots.Floor(script[later].Event.OccurredAtMs)) (script[i], script[later]) = (script[later], script[i]);
        }
        for (int i = 100; i < script.Count; i += 97)
            script.Insert(i, (script[i].Vehicle, new VehicleEvent { Type = VehicleEventType.ConsentChanged, OccurredAtMs = script[i].Event.OccurredAtMs - (random.Next(2) == 0 ? 6 : 8) * 86_400_000L, Consent = V2gStrategy.ChargeOnly }));
        return script;
    }
}
