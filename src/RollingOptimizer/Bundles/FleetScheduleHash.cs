using Movc.VehicleKernel.Bundles;
using Movc.VehicleKernel.Storage;
using Movc.VehicleKernel.Vehicles;

namespace Movc.RollingOptimizer.Bundles;

/// <summary>The schedule hash of a whole fleet, on all processors: every schedule is made again by the kernel, hashed and forgotten.</summary>
internal static class FleetScheduleHash
{
    private const int ChunkVehicles = 2_048;

    /// <summary>Hashes all schedules.</summary>
    /// <param name="fleet">The fleet, its needs within reach.</param>
    /// <param name="bundle">The plan: seed, blocks, rounds, rows.</param>
    /// <param name="setpointW">Takes every vehicle's power in slot 0, W; length N.</param>
    /// <param name="done">Is told now and then how many vehicles are done; null where nobody asks.</param>
    public static UInt128 Of(FleetColumns fleet, PlanBundle bundle, int[] setpointW, Action<int>? done, CancellationToken cancellationToken)
    {
        var lookup = new PlanLookup(bundle);
        int vehicles = bundle.VehicleCount, chunks = (vehicles + ChunkVehicles - 1) / ChunkVehicles;
        int next = -1, finished = 0;
        UInt128 sum = 0;
        var gate = new Lock();
        int workers = Math.Max(1, Math.Min(Environment.ProcessorCount, chunks));
        Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancellationToken }, _ =>
        {
            var worker = new Worker(fleet, bundle, lookup, setpointW);
            int chunk;
            while ((chunk = Interlocked.Increment(ref next)) < chunks && !cancellationToken.IsCancellationRequested)
            {
                int from = chunk * ChunkVehicles, to = Math.Min(vehicles, from + ChunkVehicles);
                worker.Run(from, to);
                int all = Interlocked.Add(ref finished, to - from);
                done?.Invoke(all);
            }
            // A sum does not depend on the order of its terms, hence not on the threads.
            lock (gate) sum = ScheduleHash.Combine(sum, worker.Sum);
        });
        cancellationToken.ThrowIfCancellationRequested();
        return sum;
    }

    private sealed class Worker(FleetColumns fleet, PlanBundle bundle, PlanLookup lookup, int[] setpointW)
    {
        private readonly SlotKernel _kernel = new(fleet);
        private readonly ScheduleHash _hash = new(bundle.Seed, bundle.AtMs);
        private readonly int[] _gained = new int[bundle.Slots];

        public UInt128 Sum => _hash.Sum;

        /// <summary>In the order of the pass, so that a round's ranks serve many vehicles in turn.</summary>
        public void Run(int from, int to)
        {
            for (int position = from; position < to; position++)
            {
                int vehicle = lookup.VehicleAt(position), round = lookup.RoundAt(position), until = _gained.Length;
                if (round >= 0)
                {
                    _kernel.Solve(bundle.Rounds[round], vehicle, _gained);
                    // A term names the slots that are not 0, and after the last stay all are.
                    int stay = fleet.StayOffset[vehicle + 1];
                    until = stay > fleet.StayOffset[vehicle] ? fleet.EndSlot[stay - 1] : 0;
                }
                else
                {
                    bundle.Rows.AsSpan(~round * _gained.Length, _gained.Length).CopyTo(_gained);
                }
                setpointW[vehicle] = fleet.Units.PowerW(_gained[0]);
                _hash.Add(vehicle, setpointW[vehicle], _gained.AsSpan(0, until));
            }
        }
    }
}
