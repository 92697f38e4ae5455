using Movc.Domain.Dispatch;

namespace Movc.RollingOptimizer.Model;

/// <summary>The columns of a drawn fleet, allocated once at their final length.</summary>
internal sealed class SyntheticColumns(int vehicles)
{
    private int[] _start = [], _end = [], _chargeW = [], _dischargeW = [], _neededWh = [], _tripWh = [];

    public int[] CapacityWh { get; } = new int[vehicles];

    public int[] InitialWh { get; } = new int[vehicles];

    public int[] FinalMinWh { get; } = new int[vehicles];

    /// <summary>First the number of stays of vehicle i at i + 1; after <see cref="PlaceStays"/> as the instance has it.</summary>
    public int[] StayOffset { get; } = new int[vehicles + 1];

    /// <summary>Makes room for the stays that were counted.</summary>
    public void PlaceStays()
    {
        for (int i = 0; i < vehicles; i++) StayOffset[i + 1] += StayOffset[i];
        int stays = StayOffset[vehicles];
        (_start, _end, _chargeW, _dischargeW, _neededWh, _tripWh) = (new int[stays], new int[stays], new int[stays], new int[stays], new int[stays], new int[stays]);
    }

    public void Stay(int at, int start, int end, int chargeW, int dischargeW, int neededWh, int tripWh)
    {
        (_start[at], _end[at]) = (start, end);
        (_chargeW[at], _dischargeW[at]) = (chargeW, dischargeW);
        (_neededWh[at], _tripWh[at]) = (neededWh, tripWh);
    }

    public DispatchInstance Build(double[] loadKw, double[] baselineEvKw, int[] dayOfSlot) => new()
    {
        CapacityWh = CapacityWh,
        InitialWh = InitialWh,
        FinalMinWh = FinalMinWh,
        StayOffset = StayOffset,
        StartSlot = _start,
        EndSlot = _end,
        MaxChargeW = _chargeW,
        MaxDischargeW = _dischargeW,
        NeededAtDepartureWh = _neededWh,
        TripWhAfter = _tripWh,
        LoadKw = loadKw,
        BaselineEvKw = baselineEvKw,
        DayOfSlot = dayOfSlot,
    };
}
