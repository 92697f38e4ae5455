using Movc.Domain.Dispatch;

namespace Movc.RollingOptimizer.Horizon;

/// <summary>The columns of a horizon's problem while they are filled, vehicle by vehicle and stay by stay.</summary>
/// <param name="vehicles">Room for as many.</param>
/// <param name="stays">Beside one each.</param>
internal sealed class HorizonColumns(int vehicles, int stays)
{
    private readonly int[] _capacityWh = new int[vehicles];
    private readonly int[] _initialWh = new int[vehicles];
    private readonly int[] _stayOffset = new int[vehicles + 1];
    private readonly int[] _startSlot = new int[vehicles + stays];
    private readonly int[] _endSlot = new int[vehicles + stays];
    private readonly int[] _maxChargeW = new int[vehicles + stays];
    private readonly int[] _maxDischargeW = new int[vehicles + stays];
    private readonly int[] _neededWh = new int[vehicles + stays];
    private readonly int[] _tripWh = new int[vehicles + stays];
    private readonly int[] _shard = new int[vehicles];
    private readonly int[] _row = new int[vehicles];
    private int _vehicle;
    private int _stay;
    private double _reachWh;
    private int _floorWh;

    /// <summary>Vehicles begun.</summary>
    public int Count => _vehicle;

    /// <summary>Stays of the vehicle that is under way.</summary>
    public int Stays => _stay - _stayOffset[_vehicle];

    /// <summary>Begins a vehicle. Its energy is counted from a floor on, under which no plan takes it.</summary>
    /// <param name="shard">Position of its shard.</param>
    /// <param name="row">Row in the shard's columns; negative for one to which nothing can be sent now.</param>
    /// <param name="capacityWh">Battery, Wh.</param>
    /// <param name="initialWh">Stored energy at the horizon's start, Wh.</param>
    /// <param name="floorWh">Kept at all times, Wh; what is not there is not kept.</param>
    public void Begin(int shard, int row, int capacityWh, int initialWh, double floorWh)
    {
        initialWh = Math.Clamp(initialWh, 0, capacityWh);
        _floorWh = Math.Clamp((int)floorWh, 0, initialWh);
        _shard[_vehicle] = shard;
        _row[_vehicle] = row;
        _capacityWh[_vehicle] = capacityWh - _floorWh;
        _reachWh = _initialWh[_vehicle] = initialWh - _floorWh;
    }

    /// <summary>Adds a stay; what is out of reach of need and use is left out.</summary>
    /// <param name="from">First slot.</param>
    /// <param name="to">End, exclusive.</param>
    /// <param name="chargeW">Limit, W.</param>
    /// <param name="dischargeW">Limit, W.</param>
    /// <param name="neededWh">Wanted at its end, Wh.</param>
    /// <param name="usedWh">Taken by what follows it, Wh.</param>
    public void Stay(int from, int to, int chargeW, int dischargeW, double neededWh, double usedWh)
    {
        _reachWh = Math.Min(_capacityWh[_vehicle], _reachWh + (DispatchParameters.Efficiency * chargeW * (to - from) * Domain.Time.Slots.Hours));
        _startSlot[_stay] = from;
        _endSlot[_stay] = to;
        _maxChargeW[_stay] = chargeW;
        _maxDischargeW[_stay] = dischargeW;
        _neededWh[_stay] = (int)Math.Clamp(neededWh - _floorWh, 0, _reachWh);
        _tripWh[_stay] = (int)Math.Min(usedWh, _reachWh);
        _reachWh -= _tripWh[_stay++];
    }

    /// <summary>Ends the vehicle; one without a stay is left out.</summary>
    public void End()
    {
        if (Stays > 0) _stayOffset[++_vehicle] = _stay;
    }

    public int[] Shard => _shard[.._vehicle];

    public int[] Row => _row[.._vehicle];

    public DispatchInstance Instance(double[] loadKw, double[] baselineKw, int[] dayOfSlot, double[] pastKw, double peakWeight) => new()
    {
        CapacityWh = _capacityWh[.._vehicle],
        InitialWh = _initialWh[.._vehicle],
        // What must be left is a need of the stay that holds the anchor.
        FinalMinWh = new int[_vehicle],
        StayOffset = _stayOffset[..(_vehicle + 1)],
        StartSlot = _startSlot[.._stay],
        EndSlot = _endSlot[.._stay],
        MaxChargeW = _maxChargeW[.._stay],
        MaxDischargeW = _maxDischargeW[.._stay],
        NeededAtDepartureWh = _neededWh[.._stay],
        TripWhAfter = _tripWh[.._stay],
        LoadKw = loadKw,
        BaselineEvKw = baselineKw,
        DayOfSlot = dayOfSlot,
        PastLoadKw = pastKw,
        Efficiency = DispatchParameters.Efficiency,
        Lambda = DispatchParameters.Lambda,
        PeakWeight = peakWeight,
    };
}
