using Movc.Domain.Dispatch;
using Movc.Domain.Fleet;
using Movc.Domain.Time;
using Movc.Studies.Weeks;

namespace Movc.Studies.Dispatch;

/// <summary>The columns of a dispatch problem while they are filled, part by part.</summary>
internal sealed class ProblemColumns(int vehicles, int stays)
{
    private readonly int[] _capacityWh = new int[vehicles];
    private readonly int[] _initialWh = new int[vehicles];
    private readonly int[] _finalMinWh = new int[vehicles];
    private readonly int[] _stayOffset = new int[vehicles + 1];
    private readonly int[] _startSlot = new int[stays];
    private readonly int[] _endSlot = new int[stays];
    private readonly int[] _maxChargeW = new int[stays];
    private readonly int[] _maxDischargeW = new int[stays];
    private readonly int[] _neededWh = new int[stays];
    private readonly int[] _tripWh = new int[stays];
    private int _vehicle;
    private int _stay;

    /// <summary>See <see cref="WeekProblem.Vehicle"/>.</summary>
    public int[] Vehicle { get; } = new int[vehicles];

    /// <summary>See <see cref="WeekProblem.Strategy"/>.</summary>
    public V2gStrategy[] Strategy { get; } = new V2gStrategy[vehicles];

    public void Add(SimulatedWeek week, ProblemPart problem, WeekProblemOptions options)
    {
        for (int k = 0; k < problem.Vehicle.Count; k++)
        {
            int index = problem.Vehicle[k];
            Vehicle[_vehicle] = problem.Part.FirstVehicle + index;
            Strategy[_vehicle] = problem.Strategy[k];
            AddVehicle(week, problem.Part.Vehicles[index], problem.Part.StaysOf(index), problem.Strategy[k], options);
        }
    }

    public DispatchInstance Instance(SimulatedWeek week, WeekProblemOptions options, double[] loadKw, double[] baselineKw) => new()
    {
        CapacityWh = _capacityWh,
        InitialWh = _initialWh,
        FinalMinWh = _finalMinWh,
        StayOffset = _stayOffset,
        StartSlot = _startSlot,
        EndSlot = _endSlot,
        MaxChargeW = _maxChargeW,
        MaxDischargeW = _maxDischargeW,
        NeededAtDepartureWh = _neededWh,
        TripWhAfter = _tripWh,
        LoadKw = loadKw,
        BaselineEvKw = baselineKw,
        DayOfSlot = [.. Enumerable.Range(0, week.Slots).Select(t => t / Slots.PerDay)],
        Efficiency = week.People.Efficiency,
        Lambda = options.Lambda,
    };

    private void AddVehicle(SimulatedWeek week, in WeekVehicle vehicle, ReadOnlySpan<WeekStay> stays, V2gStrategy strategy, WeekProblemOptions options)
    {
        int energy = vehicle.InitialWh;
        _capacityWh[_vehicle] = week.CapacityWh[vehicle.Model];
        _initialWh[_vehicle] = energy;
        foreach (ref readonly WeekStay stay in stays)
        {
            bool cut = stay.EndSlot > week.Slots;
            int limitW = week.SessionW(vehicle, stay);
            if (limitW == 0 && strategy == V2gStrategy.WhenStaying) limitW = week.SlowW[vehicle.Model];
            // The Charge Only energy at the departure: no need is over it, so Charge Only is always a feasible point.
            energy += stay.StoredWh;
            int need = cut ? 0 : Math.Min(energy, Math.Max(stay.NeedWh, (int)(options.Satisfaction * energy)));
            _startSlot[_stay] = Math.Max(0, stay.StartSlot);
            _endSlot[_stay] = Math.Min(week.Slots, stay.EndSlot);
            _maxChargeW[_stay] = limitW;
            _maxDischargeW[_stay] = options.Strategy == StrategyMix.Smart ? 0 : limitW;
            _neededWh[_stay] = Math.Max(need, stay.TripWh);
            _tripWh[_stay++] = stay.TripWh;
            energy -= stay.TripWh;
        }
        _finalMinWh[_vehicle] = options.FinalFloor ? energy : 0;
        _stayOffset[++_vehicle] = _stay;
    }
}
