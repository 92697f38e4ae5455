using Movc.Domain.Dispatch;
using Movc.VehicleKernel.Storage;

namespace Movc.RollingOptimizer.Solver;

/// <summary>Passes over the vehicles of one limit: a block answers the city's price and that of the limit, its sum replaces what stood in for it.</summary>
internal sealed class LimitPass
{
    // Blocks of fewer vehicles than threads are worth waking for run on one.
    private const int ParallelFrom = 64;
    private const int LargestBlock = 512;

    /// <summary>A block is this fraction of what is left.</summary>
    private const int BlockDivisor = 64;

    /// <summary>What blocks of whole vehicles leave uneven is kept free of the limit: a share of the scale, and so many vehicles' power [G].</summary>
    private const double Kept = 0.002;
    private const double KeptVehicles = 2;

    /// <summary>A penalty narrower than so many vehicles' power would have the price leap at each of them [G].</summary>
    private const double NarrowestVehicles = 6;

    private readonly PreparedFleet _fleet;
    private readonly DayGroups _days;
    private readonly PriceBoard _board;
    private readonly double[] _multiplier;
    private readonly double _deltaW;
    private readonly double _scaleW;
    private readonly double _vehicleW;
    private readonly double[] _maxW;
    private readonly double[] _minW;
    private readonly double[] _max;
    private readonly double[] _min;
    private readonly double[] _priceMax;
    private readonly double[] _priceMin;
    private readonly double[] _beside;
    private readonly double[] _groupW;
    private readonly (SlotKernel Kernel, int[] Gained)[] _kernels;
    private readonly ParallelOptions _parallel;

    /// <param name="limit">The limit.</param>
    /// <param name="multiplier">The city's best prices, past slots first.</param>
    /// <param name="deltaW">Penalty width δ of the city's load, W.</param>
    /// <param name="scaleKw">What the vehicles come to at most without the limit, kW: widths of the limit's penalty are shares of it.</param>
    public LimitPass(PreparedFleet fleet, DayGroups days, FleetLimit limit, double[] multiplier, double deltaW, double scaleKw, bool tiesByLoad, int threads)
    {
        (_fleet, _days, _multiplier, _deltaW, _scaleW) = (fleet, days, multiplier, deltaW, 1000 * scaleKw);
        _vehicleW = Math.Max(1, fleet.TotalPowerW / fleet.Count);
        _board = new PriceBoard(days, fleet.Instance.Lambda, fleet.Units, tiesByLoad);
        _maxW = new double[days.Slots];
        _minW = new double[days.Slots];
        for (int t = 0; t < days.Slots; t++)
        {
            double keptKw = Math.Min((Kept * scaleKw) + (KeptVehicles * _vehicleW / 1000), Math.Max(0, limit.MaxKw[t] - limit.MinKw[t]) / 2);
            (_maxW[t], _minW[t]) = (1000 * (limit.MaxKw[t] - keptKw), 1000 * (limit.MinKw[t] + keptKw));
        }
        (_max, _min, _priceMax, _priceMin) = (new double[days.Slots], new double[days.Slots], new double[days.Slots], new double[days.Slots]);
        _beside = new double[days.Slots];
        _groupW = new double[days.Slots];
        _kernels = [.. Enumerable.Range(0, Math.Max(1, threads)).Select(_ => (new SlotKernel(fleet.Columns), new int[days.Slots]))];
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = _kernels.Length };
    }

    /// <summary>The price of the present sum becomes what the next pass begins with.</summary>
    public void TakePrices()
    {
        _priceMax.CopyTo(_max, 0);
        _priceMin.CopyTo(_min, 0);
    }

    /// <summary>Runs a pass.</summary>
    /// <param name="vehicles">Who answers, in this order.</param>
    /// <param name="besideW">Load of everything else, past slots first, W.</param>
    /// <param name="meanW">Mean net power of a vehicle still to come, W per slot.</param>
    /// <param name="count">Vehicles of the limit; each that answers stands for as many as there are to one.</param>
    /// <param name="width">Width of the limit's penalty, a share of the scale.</param>
    /// <param name="rounds">Takes the ranks; null = they are not kept.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Sum of the answers, and the round of each vehicle.</returns>
    public (GroupEnergy Sum, int[] Round) Run(
        int[] vehicles, double[] besideW, double[] meanW, int count, double width, List<PriceRanks>? rounds, CancellationToken cancellationToken)
    {
        int slots = _days.Slots;
        double scale = (double)count / vehicles.Length, widthW = Math.Max(width * _scaleW, NarrowestVehicles * scale * _vehicleW);
        int[] round = new int[vehicles.Length];
        for (int t = 0; t < slots; t++) _groupW[t] = count * meanW[t];
        _multiplier.CopyTo(_board.Multiplier, 0);
        besideW.CopyTo(_board.LoadW, 0);
        for (int t = 0; t < slots; t++) _board.LoadW[_days.Past + t] += _groupW[t];
        GroupEnergy sum = GroupEnergy.Empty(slots), block = GroupEnergy.Empty(slots);
        // A block whose power is more than a quarter of the penalty's width overshoots.
        int most = (int)Math.Clamp(widthW / 4 / (scale * _vehicleW), 1, LargestBlock);
        for (int from = 0; from < vehicles.Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int size = Math.Min(vehicles.Length - from, Math.Clamp((vehicles.Length - from) / BlockDivisor, 1, most));
            Price(widthW);
            var ranks = new PriceRanks(slots);
            _board.Rank(ranks, _beside);
            if (rounds is not null)
            {
                round.AsSpan(from, size).Fill(rounds.Count);
                rounds.Add(ranks);
            }
            block.Clear();
            Answer(ranks, vehicles.AsMemory(from, size), block);
            for (int t = 0; t < slots; t++)
            {
                double moved = scale * (block.NetW(_fleet, t) - (size * meanW[t]));
                _groupW[t] += moved;
                _board.LoadW[_days.Past + t] += moved;
            }
            sum.Add(block);
            from += size;
        }
        Price(widthW);
        return (sum, round);
    }

    /// <summary>Prices the load and the sum as they stand: what the limit adds to each slot's price.</summary>
    private void Price(double widthW)
    {
        _board.Update(_deltaW);
        for (int t = 0; t < _beside.Length; t++)
        {
            _priceMax[t] = double.IsPositiveInfinity(_maxW[t]) ? 0 : Math.Max(0, _max[t] + ((_groupW[t] - _maxW[t]) / widthW));
            _priceMin[t] = double.IsNegativeInfinity(_minW[t]) ? 0 : Math.Max(0, _min[t] + ((_minW[t] - _groupW[t]) / widthW));
            _beside[t] = _priceMax[t] - _priceMin[t];
        }
    }

    private void Answer(PriceRanks ranks, ReadOnlyMemory<int> vehicles, GroupEnergy into)
    {
        if (vehicles.Length < ParallelFrom || _kernels.Length == 1)
        {
            AnswerPart(0, ranks, vehicles.Span, into);
            return;
        }
        int parts = _kernels.Length, stretch = (vehicles.Length + parts - 1) / parts;
        var sums = new GroupEnergy[parts];
        Parallel.For(0, parts, _parallel, p =>
        {
            sums[p] = GroupEnergy.Empty(_days.Slots);
            int from = Math.Min(vehicles.Length, p * stretch);
            AnswerPart(p, ranks, vehicles.Span[from..Math.Min(vehicles.Length, from + stretch)], sums[p]);
        });
        // Whole numbers: their order does not matter.
        foreach (GroupEnergy part in sums) into.Add(part);
    }

    private void AnswerPart(int part, PriceRanks ranks, ReadOnlySpan<int> vehicles, GroupEnergy into)
    {
        (SlotKernel kernel, int[] gained) = _kernels[part];
        foreach (int vehicle in vehicles)
        {
            kernel.Solve(ranks, vehicle, gained);
            into.Add(gained);
        }
    }
}
