using Movc.Domain.Dispatch;
using Movc.VehicleKernel.Bundles;
using Movc.VehicleKernel.Storage;

namespace Movc.RollingOptimizer.Solver;

/// <summary>
/// One pass over the whole fleet with load feedback: a block of vehicles answers one price vector, its load replaces what the sample
/// stood in for, the next block sees the new price. Blocks shrink toward the end, because the last block's size is the noise floor of the pass.
/// </summary>
internal sealed class FleetPhase
{
    // What a block leaves uneven, the tail fills.
    private const int SmallestBlock = 8;

    // Under some ten thousand vehicle-slots waking another thread takes longer than the work.
    private const int ParallelFromCells = 14_000;
    private const int ChunkCells = 3_500;
    private readonly PreparedFleet _fleet;
    private readonly DayGroups _days;
    private readonly ProcessOrder _order;
    private readonly PriceBoard _board;
    private readonly SlotKernel[] _kernels;
    private readonly Action<int> _work;
    private readonly ParallelOptions _parallel;
    private readonly long[] _available;
    private readonly int _parallelFrom;
    private readonly int _chunk;
    private PriceRanks _ranks = new(1);
    private int _round;
    private int _next;
    private int _to;

    public FleetPhase(PreparedFleet fleet, DayGroups days, ProcessOrder order, bool tiesByLoad, int threads)
    {
        _fleet = fleet;
        _days = days;
        _order = order;
        _board = new PriceBoard(days, fleet.Instance.Lambda, fleet.Units, tiesByLoad);
        _parallelFrom = Math.Max(2, ParallelFromCells / days.Slots);
        _chunk = Math.Max(1, ChunkCells / days.Slots);
        int workers = Math.Clamp(threads, 1, Math.Max(1, fleet.Count / _parallelFrom));
        _kernels = new SlotKernel[workers];
        for (int w = 0; w < workers; w++) _kernels[w] = new SlotKernel(fleet.Columns);
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = workers };
        _work = Work;
        _available = new long[days.Slots + 1];
        Charged = new long[days.Slots];
        Discharged = new long[days.Slots];
        FirstSlotPowerW = new int[fleet.Count];
        RoundOfVehicle = new int[fleet.Count];
    }

    /// <summary>Net load with the vehicles left to the mean, past slots first, W.</summary>
    public double[] LoadW => _board.LoadW;

    /// <summary>Energy charged by the whole fleet per slot, units.</summary>
    public long[] Charged { get; }

    /// <summary>Energy discharged by the whole fleet per slot, units taken from the batteries.</summary>
    public long[] Discharged { get; }

    public int[] FirstSlotPowerW { get; }

    /// <summary>The round whose prices each vehicle answered.</summary>
    public int[] RoundOfVehicle { get; }

    /// <summary>Ranks of every round's prices.</summary>
    public List<PriceRanks> Rounds { get; } = [];

    /// <summary>Vehicles that answered each round, in the order of the pass.</summary>
    public List<int> Blocks { get; } = [];

    /// <summary>Runs the pass.</summary>
    /// <param name="multiplier">μ, past slots first.</param>
    /// <param name="restW">Mean net power of a vehicle still to come, W per slot.</param>
    /// <param name="deltaW">Penalty width δ, W.</param>
    /// <param name="roundLength">How many times as large as usual a block may be, 1 or more.</param>
    /// <param name="last">Vehicles at the end of the order that are left to the mean; their schedules are made elsewhere.</param>
    public void Run(double[] multiplier, double[] restW, double deltaW, double roundLength, int last, CancellationToken cancellationToken)
    {
        DispatchInstance x = _fleet.Instance;
        int n = _fleet.Count - last;
        for (int t = 0; t < _days.Past; t++) LoadW[t] = 1000 * x.PastLoadKw[t];
        for (int t = 0; t < _days.Slots; t++) LoadW[_days.Past + t] = 1000 * x.LoadKw[t] + _fleet.Count * restW[t];
        multiplier.CopyTo(_board.Multiplier, 0);

        // A block whose power is more than a quarter of δ overshoots: all of it answers one price.
        double divisor = Math.Max(BlockDivisor(_days.Slots) / roundLength, 4 * _fleet.TotalPowerW / deltaW);
        int largest = (int)(LargestBlock(_days.Slots) * roundLength);
        for (int from = 0; from < n;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(n - from, (int)Math.Clamp((_fleet.Count - from) / divisor, SmallestBlock, largest));
            _board.Update(deltaW);
            _ranks = new PriceRanks(_days.Slots);
            _board.Rank(_ranks);
            _round = Rounds.Count;
            Rounds.Add(_ranks);
            Blocks.Add(count);
            RunBlock(from, count);
            Collect(LoadW.AsSpan(_days.Past), restW, count);
            from += count;
        }
        _board.Update(deltaW);
    }

    /// <summary>The price of the load that the pass came to: one multiplier step on the whole fleet, past slots first.</summary>
    public double[] LastPrices => _board.Price;

    /// <summary>A block is this fraction of what is left: 1/64 at 144 slots, 1/1,024 at 1,008.</summary>
    internal static double BlockDivisor(int slots) => Math.Clamp(64 * Math.Pow(slots / 144.0, 1.425), 16, 4096);

    /// <summary>2,048 vehicles at 144 slots, 292 at 1,008.</summary>
    internal static int LargestBlock(int slots) => Math.Clamp(294_912 / slots, 64, 4096);

    private void RunBlock(int from, int count)
    {
        _next = from;
        _to = from + count;
        if (_kernels.Length == 1 || count < _parallelFrom) Work(0);
        else Parallel.For(0, _kernels.Length, _parallel, _work);
    }

    private void Work(int worker)
    {
        SlotKernel kernel = _kernels[worker];
        int end;
        while ((end = Interlocked.Add(ref _next, _chunk)) - _chunk < _to)
        {
            for (int position = end - _chunk; position < Math.Min(end, _to); position++)
            {
                int vehicle = _order[position];
                kernel.Run(_ranks, vehicle);
                FirstSlotPowerW[vehicle] = kernel.FirstSlotPowerW;
                RoundOfVehicle[vehicle] = _round;
            }
        }
    }

    /// <summary>Adds the block's whole-number sums to the totals and to the load.</summary>
    private void Collect(Span<double> load, double[] restW, int count)
    {
        int slots = _days.Slots;
        long a = _fleet.Units.PerChargeWatt;
        double perCharge = _fleet.Units.PerChargeWatt, perDischarge = _fleet.Units.PerDischargeWatt;
        Array.Clear(_available);
        ReadOnlySpan<ushort> chargeRank = _ranks.Charge, dischargeRank = _ranks.Discharge;
        foreach (SlotKernel kernel in _kernels)
        {
            for (int t = 0; t < slots; t++) _available[t] += kernel.AvailableSteps[t];
        }
        long available = 0;
        for (int t = 0; t < slots; t++)
        {
            available += _available[t];
            long charged = available * a, discharged = 0;
            foreach (SlotKernel kernel in _kernels)
            {
                charged -= kernel.Taken[chargeRank[t]];
                discharged += kernel.Taken[dischargeRank[t]];
            }
            Charged[t] += charged;
            Discharged[t] += discharged;
            load[t] += charged / perCharge - discharged / perDischarge - count * restW[t];
        }
        foreach (SlotKernel kernel in _kernels) kernel.Clear();
    }
}
