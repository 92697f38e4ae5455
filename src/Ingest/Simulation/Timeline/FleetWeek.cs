using System.Collections.Concurrent;
using Movc.Domain.Fleet;
using Movc.Domain.Mobility;
using Movc.Domain.Randomness;
using Movc.Domain.Simulation;
using Movc.Domain.Time;

namespace Movc.Ingest.Simulation.Timeline;

/// <summary>
/// What a fleet does in one week, in columns: every stay of it, and of the trips of it, by vehicle, then in time order. Lives are pure
/// functions of the seed, so each week lives them again from the warm-up on: nothing is kept from one to the next, and any week can
/// be the first.
/// </summary>
/// <param name="people">The city's people.</param>
/// <param name="seed">Of everything drawn.</param>
/// <param name="vehicles">How many.</param>
/// <param name="firstSlotOfWeek">Slot of the week at slot 0.</param>
/// <param name="speedKmPerHour">How fast trips are inside their slots.</param>
internal sealed class FleetWeek(PeopleModel people, long seed, int vehicles, int firstSlotOfWeek, double speedKmPerHour)
{
    private const int SlotSeconds = Slots.Minutes * 60;

    /// <summary>Stays of a vehicle and week that room is made for at first.</summary>
    private const int StaysExpected = 22;

    private readonly ConcurrentBag<List<PlannedStay>> _spare = [];
    private PlannedStay[] _stays = [];

    /// <summary>All stays of the week.</summary>
    public ReadOnlySpan<PlannedStay> Stays => _stays.AsSpan(0, Count);

    public int Count { get; private set; }

    /// <summary>Index of each vehicle's model.</summary>
    public byte[] Model { get; } = new byte[vehicles];

    public V2gStrategy[] Strategy { get; } = new V2gStrategy[vehicles];

    /// <summary>Lives the fleet through a week.</summary>
    /// <param name="fromSlot">First slot of the week, counted from slot 0.</param>
    /// <param name="step">Told what is being done.</param>
    /// <param name="cancellationToken">Gives up; the week is then empty.</param>
    public void Live(int fromSlot, Action<string> step, CancellationToken cancellationToken)
    {
        Count = 0;
        int toSlot = fromSlot + TravelRhythm.SlotsPerWeek, lived = 0, count = 0;
        FleetSimulation.Run(
            people, seed, vehicles, firstSlotOfWeek, toSlot + Slots.PerDay,
            _ => _spare.TryTake(out List<PlannedStay>? spare) ? spare : new List<PlannedStay>(FleetSimulation.ChunkVehicles * StaysExpected),
            (stays, v, life) =>
            {
                (Model[v], Strategy[v]) = ((byte)life.ModelIndex, life.Strategy);
                Add(stays, v, life, CounterRandom.VehicleKey(seed, v), fromSlot, toSlot);
            },
            stays =>
            {
                if (count + stays.Count > _stays.Length) Array.Resize(ref _stays, Math.Max(vehicles * StaysExpected, (count + stays.Count) * 5 / 4));
                stays.CopyTo(_stays, count);
                count += stays.Count;
                stays.Clear();
                _spare.Add(stays);
                lived = Math.Min(vehicles, lived + FleetSimulation.ChunkVehicles);
                step($"living the fleet through the week: {100L * lived / vehicles} %");
            },
            cancellationToken: cancellationToken);
        Count = count;
    }

    private void Add(List<PlannedStay> stays, int vehicle, VehicleLife life, ulong key, int fromSlot, int toSlot)
    {
        int fromS = fromSlot * SlotSeconds, toS = toSlot * SlotSeconds;
        ReadOnlySpan<Stay> lived = life.Stays;
        // Slot 0 finds everybody at home; where a trip leads to a stay, the trip tells when it arrives.
        int arriveS = 0, usedWh = 0;
        for (int i = 0; i < lived.Length && arriveS < toS; i++)
        {
            ref readonly Stay stay = ref lived[i];
            (int departS, int nextS) = TripTimes.Of(key, stay, life.NextStartSlot(i), speedKmPerHour);
            if (nextS >= fromS)
            {
                stays.Add(new PlannedStay
                {
                    Vehicle = vehicle,
                    ArriveS = arriveS,
                    DepartS = departS,
                    DeclaredS = people.Departures.Of(key, arriveS, departS),
                    UsedWh = usedWh,
                    ArriveWh = (int)(life.Charged[i].ArriveKwh * 1000),
                    NeedWh = (int)Math.Ceiling(life.NeededKwh(i) * 1000),
                    Region = stay.Region,
                    Mode = life.Charged[i].Mode,
                    Place = stay.Place,
                    Declares = stay.EndSlot <= stay.StartSlot + Stay.LookAheadSlots,
                });
            }
            (arriveS, usedWh) = (nextS, (int)(life.Charged[i].TripKwh * 1000));
        }
    }
}
