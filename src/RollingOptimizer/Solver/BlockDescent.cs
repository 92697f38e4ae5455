using System.Diagnostics;
using Movc.Domain.Dispatch;
using Movc.VehicleKernel.Storage;

namespace Movc.RollingOptimizer.Solver;

/// <summary>
/// Block-coordinate descent on the augmented Lagrangian of MOVC Eq. 15, one vehicle a block: the best answer to the price of a moment ago,
/// then an exact line search toward it. Some vehicles move, the load beside them stands still.
/// </summary>
internal sealed class BlockDescent
{
    /// <summary>
    /// So many vehicles in turn answer one ranking, which is most of a step's work. How far each then moves is measured against the
    /// price of the moment, so the descent stays one. Where few move, each moves much, and every one gets a ranking of its own.
    /// </summary>
    private const int RankEvery = 4;
    private const int RankEachUnder = 1_000;

    private readonly PreparedFleet _fleet;
    private readonly DayGroups _days;
    private readonly int[] _vehicles;
    private readonly int _rankEvery;
    private readonly double[] _standInW;
    private readonly double[] _netW;
    private readonly double[] _throughputW;
    private readonly double[]? _stored;
    private readonly PriceRanks _ranks;
    private readonly SlotKernel _kernel;
    private readonly double[] _stepW;
    private readonly double[] _stepStored;
    private readonly double[] _loadKw;
    private readonly double[] _average;

    /// <param name="vehicles">The vehicles that move.</param>
    /// <param name="besideW">Load of everything else, past slots first, W.</param>
    /// <param name="standInW">What stands in for a vehicle's net power until its first answer, W per slot.</param>
    /// <param name="tiesByLoad">Whether equal prices are told apart by the load under them.</param>
    /// <param name="keepStored">Whether the energy gained per slot is kept, which the schedules need.</param>
    public BlockDescent(PreparedFleet fleet, DayGroups days, int[] vehicles, double[] besideW, double[] standInW, bool tiesByLoad, bool keepStored)
    {
        _fleet = fleet;
        _days = days;
        _vehicles = vehicles;
        _rankEvery = vehicles.Length < RankEachUnder ? 1 : RankEvery;
        _standInW = standInW;
        _netW = new double[vehicles.Length * days.Slots];
        _throughputW = new double[vehicles.Length];
        _stored = keepStored ? new double[vehicles.Length * days.Slots] : null;
        Board = new PriceBoard(days, fleet.Instance.Lambda, fleet.Units, tiesByLoad);
        _ranks = new PriceRanks(days.Slots);
        _kernel = new SlotKernel(fleet.Columns);
        _stepW = new double[days.Slots];
        _stepStored = new double[days.Slots];
        _loadKw = new double[days.Length];
        _average = new double[days.Length];
        besideW.CopyTo(Board.LoadW, 0);
        for (int t = 0; t < days.Slots; t++) Board.LoadW[days.Past + t] += vehicles.Length * standInW[t];
    }

    public PriceBoard Board { get; }

    /// <summary>Energy gained per vehicle and slot, units, not whole; only if kept.</summary>
    public double[] Stored => _stored ?? throw new InvalidOperationException("no schedules are kept");

    /// <summary>Mean price over the last sweep, past slots first.</summary>
    public double[] AveragePrice => _average;

    /// <summary>Takes <paramref name="steps"/> steps in turn over the vehicles; the first of each vehicle takes the answer whole.</summary>
    /// <param name="deltaW">Penalty width δ, W.</param>
    /// <param name="updateEvery">Steps between two multipliers, besides the one at the end.</param>
    /// <param name="first">Whether no vehicle has answered yet.</param>
    public void Sweep(double deltaW, int steps, int updateEvery, bool first)
    {
        Array.Clear(_average);
        for (int k = 0; k < steps; k++)
        {
            if (k > 0 && k % updateEvery == 0) Board.TakeMultipliers();
            Board.Update(deltaW);
            if (k % _rankEvery == 0) Board.Rank(_ranks);
            Step(k % _vehicles.Length, deltaW, whole: first && k < _vehicles.Length);
            for (int t = 0; t < _average.Length; t++) _average[t] += Board.Price[t];
        }
        for (int t = 0; t < _average.Length; t++) _average[t] /= steps;
        Board.TakeMultipliers();
    }

    /// <summary>The objective as it stands, without the 1/T and without the throughput of what stands still, kW.</summary>
    public double PrimalKw()
    {
        double throughput = 0;
        foreach (double w in _throughputW) throughput += w;
        for (int t = 0; t < _loadKw.Length; t++) _loadKw[t] = Board.LoadW[t] / 1000;
        return Objective.SpreadKw(_loadKw, _days) + _fleet.Instance.Lambda * throughput / 1000;
    }

    /// <summary>Mean net power of a vehicle, W per slot.</summary>
    public double[] MeanNetW()
    {
        var mean = new double[_days.Slots];
        for (int k = 0; k < _vehicles.Length; k++)
        {
            for (int t = 0; t < mean.Length; t++) mean[t] += _netW[k * mean.Length + t];
        }
        for (int t = 0; t < mean.Length; t++) mean[t] /= _vehicles.Length;
        return mean;
    }

    /// <summary>Moves one vehicle toward its best answer to the present price.</summary>
    private void Step(int k, double deltaW, bool whole)
    {
        DispatchInstance x = _fleet.Instance;
        int vehicle = _vehicles[k], slots = _days.Slots;
        double chargeUnits = _fleet.Units.PerChargeWatt, dischargeUnits = _fleet.Units.PerDischargeWatt;
        Span<double> net = _netW.AsSpan(k * slots, slots);
        Span<double> load = Board.LoadW.AsSpan(_days.Past), price = Board.Price.AsSpan(_days.Past);
        _kernel.Run(_ranks, vehicle);
        long[] taken = _kernel.Taken;
        ReadOnlySpan<ushort> chargeRank = _ranks.Charge, dischargeRank = _ranks.Discharge;
        double throughput = 0, slope = 0, norm = 0;
        for (int s = x.StayOffset[vehicle]; s < x.StayOffset[vehicle + 1]; s++)
        {
            double limit = (double)x.MaxChargeW[s] * _fleet.Units.PerChargeWatt;
            for (int t = x.StartSlot[s]; t < x.EndSlot[s]; t++)
            {
                double charged = limit - taken[chargeRank[t]], discharged = taken[dischargeRank[t]];
                Debug.Assert(charged >= 0 && discharged >= 0 && (charged == 0 || discharged == 0), "charging and discharging at once");
                double c = charged / chargeUnits, d = discharged / dischargeUnits;
                _stepStored[t] = charged - discharged;
                _stepW[t] = c - d - net[t];
                throughput += c + d;
                slope += price[t] * _stepW[t];
                norm += _stepW[t] * _stepW[t];
            }
        }
        _kernel.Clear();
        slope += x.Lambda * (throughput - _throughputW[k]);
        double gamma = whole ? 1 : norm > 0 ? Math.Clamp(-slope * deltaW / norm, 0, 1) : 0;
        if (whole)
        {
            // The first answer takes the place of what stood in for it.
            for (int t = 0; t < slots; t++) load[t] -= _standInW[t];
        }
        if (gamma == 0) return;
        _throughputW[k] += gamma * (throughput - _throughputW[k]);
        for (int s = x.StayOffset[vehicle]; s < x.StayOffset[vehicle + 1]; s++)
        {
            for (int t = x.StartSlot[s]; t < x.EndSlot[s]; t++)
            {
                double move = gamma * _stepW[t];
                net[t] += move;
                load[t] += move;
                if (_stored is not null) _stored[k * slots + t] += gamma * (_stepStored[t] - _stored[k * slots + t]);
            }
        }
    }
}
