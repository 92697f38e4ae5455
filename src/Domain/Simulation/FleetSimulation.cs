using Movc.Domain.Randomness;
using Movc.Domain.Threads;

namespace Movc.Domain.Simulation;

/// <summary>Lives a whole fleet, vehicle by vehicle, on all processors, and hands each life to whoever sums it up.</summary>
public static class FleetSimulation
{
    /// <summary>Vehicles summed up by one accumulator: fixed, so that no sum depends on the number of threads.</summary>
    public const int ChunkVehicles = 4096;

    /// <summary>Runs the fleet.</summary>
    /// <typeparam name="T">Accumulator of a chunk of vehicles.</typeparam>
    /// <param name="people">The city's people.</param>
    /// <param name="seed">Any number; a vehicle is the same in a fleet of any size.</param>
    /// <param name="vehicles">1 or more.</param>
    /// <param name="firstSlotOfWeek">Slot of the week at slot 0.</param>
    /// <param name="untilSlot">Stays that begin before it are simulated.</param>
    /// <param name="open">Makes the accumulator of the chunk that begins with a vehicle.</param>
    /// <param name="take">Sums up one life: (accumulator, vehicle, life). The life is overwritten afterwards.</param>
    /// <param name="close">Called for every accumulator in the order of the vehicles, one at a time, whatever the threads.</param>
    /// <param name="threads">Threads at most; 0 = all processors.</param>
    /// <param name="cancellationToken">Looked at between chunks.</param>
    public static void Run<T>(
        PeopleModel people, long seed, int vehicles, int firstSlotOfWeek, int untilSlot,
        Func<int, T> open, Action<T, int, VehicleLife> take, Action<T> close,
        int threads = 0, CancellationToken cancellationToken = default)
    {
        int chunks = (vehicles + ChunkVehicles - 1) / ChunkVehicles;
        OrderedParallel.Run(
            chunks, () => new VehicleLife(people),
            (chunk, life) =>
            {
                int from = chunk * ChunkVehicles, to = Math.Min(vehicles, from + ChunkVehicles);
                T sums = open(from);
                for (int v = from; v < to; v++)
                {
                    life.Live(CounterRandom.VehicleKey(seed, v), firstSlotOfWeek, untilSlot);
                    take(sums, v, life);
                }
                return sums;
            },
            close, threads, cancellationToken);
    }
}
