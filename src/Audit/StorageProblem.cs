using Movc.Domain.Dispatch;

namespace Movc.Audit;

/// <summary>
/// One vehicle's own storage problem at given prices, v_i(π) = min Σ_t (π_t + λ)·c_t − (π_t − λ)·d_t over its feasible schedules,
/// solved exactly (docs/math/audit.md derives it). Forward in time: F_t(E) is the least cost at which the vehicle can hold E at
/// the start of slot t. F_0 is the single point (initial energy, 0); F_t is convex and piecewise linear, kept as the interval
/// [lo, hi] that can be reached, the cost at lo, and its pieces in the order of rising slope.
/// </summary>
internal sealed class StorageProblem
{
    private readonly DispatchInstance _x;
    private readonly EffectiveNeeds _needs;

    // Cost, kW (summed over slots), of one more Wh stored by charging in slot t, and of one Wh less given back by discharging.
    private readonly double[] _chargeSlope, _dischargeSlope;

    // Pieces [_head, _tail). A slot adds two at most and the head never goes back, so 2T of them are enough.
    private readonly double[] _slope, _lengthWh;
    private int _head, _tail;
    private double _loWh, _hiWh, _costAtLo;

    /// <param name="x">The instance.</param>
    /// <param name="needs">Floors and drains after needs out of reach are lowered.</param>
    /// <param name="price">π over the horizon's slots, dimensionless.</param>
    public StorageProblem(DispatchInstance x, EffectiveNeeds needs, ReadOnlySpan<double> price)
    {
        (_x, _needs) = (x, needs);
        double whPerKwSlot = 1000 * x.SlotHours;
        _chargeSlope = new double[price.Length];
        _dischargeSlope = new double[price.Length];
        for (int t = 0; t < price.Length; t++)
        {
            _chargeSlope[t] = (price[t] + x.Lambda) / (x.Efficiency * whPerKwSlot);
            _dischargeSlope[t] = (price[t] - x.Lambda) * x.Efficiency / whPerKwSlot;
        }
        _slope = new double[2 * price.Length];
        _lengthWh = new double[2 * price.Length];
    }

    /// <summary>v_i(π), kW summed over slots (without 1/T).</summary>
    public double Minimum(int vehicle)
    {
        (_head, _tail, _costAtLo) = (0, 0, 0);
        _loWh = _hiWh = _x.InitialWh[vehicle];
        double capacityWh = _x.CapacityWh[vehicle];
        for (int s = _x.StayOffset[vehicle]; s < _x.StayOffset[vehicle + 1]; s++)
        {
            double mostInWh = _x.Efficiency * _x.MaxChargeW[s] * _x.SlotHours;
            double mostOutWh = _x.MaxDischargeW[s] * _x.SlotHours / _x.Efficiency;
            for (int t = _x.StartSlot[s]; t < _x.EndSlot[s]; t++) Slot(t, mostInWh, mostOutWh, capacityWh);
            Raise(Math.Max(_needs.NeedWh[s], _needs.TripWh[s]));
            _loWh -= _needs.TripWh[s];
            _hiWh -= _needs.TripWh[s];
        }
        Raise(_needs.FinalMinWh[vehicle]);
        double least = _costAtLo;
        for (int k = _head; k < _tail && _slope[k] < 0; k++) least += _slope[k] * _lengthWh[k];
        return least;
    }

    // F_{t+1} = infimal convolution of F_t with the slot's own cost, cut to [0, capacity]. The slot's cost is a piece of length
    // mostOut left of zero and one of length mostIn right of it; convolving convex pieces is merging them by slope.
    private void Slot(int t, double mostInWh, double mostOutWh, double capacityWh)
    {
        if (mostOutWh > 0)
        {
            Insert(_dischargeSlope[t], mostOutWh);
            _loWh -= mostOutWh;
            _costAtLo -= _dischargeSlope[t] * mostOutWh;
        }
        if (mostInWh > 0)
        {
            Insert(_chargeSlope[t], mostInWh);
            _hiWh += mostInWh;
        }
        Raise(0);
        Lower(capacityWh);
    }

    private void Insert(double slope, double lengthWh)
    {
        int at = Array.BinarySearch(_slope, _head, _tail - _head, slope);
        if (at >= 0)
        {
            _lengthWh[at] += lengthWh;
            return;
        }
        at = ~at;
        Array.Copy(_slope, at, _slope, at + 1, _tail - at);
        Array.Copy(_lengthWh, at, _lengthWh, at + 1, _tail - at);
        _slope[at] = slope;
        _lengthWh[at] = lengthWh;
        _tail++;
    }

    // Forbids energies under the floor: the pieces from lo on are walked up, paid for, and dropped.
    private void Raise(double floorWh)
    {
        double leftWh = Math.Min(floorWh, _hiWh) - _loWh;
        if (leftWh <= 0) return;
        _loWh += leftWh;
        while (leftWh > 0 && _head < _tail)
        {
            double stepWh = Math.Min(leftWh, _lengthWh[_head]);
            _costAtLo += stepWh * _slope[_head];
            leftWh -= stepWh;
            if (stepWh < _lengthWh[_head]) _lengthWh[_head] -= stepWh;
            else _head++;
        }
    }

    // Forbids energies over the ceiling: the steepest pieces go first.
    private void Lower(double ceilingWh)
    {
        double leftWh = _hiWh - Math.Max(ceilingWh, _loWh);
        if (leftWh <= 0) return;
        _hiWh -= leftWh;
        while (leftWh > 0 && _head < _tail)
        {
            double stepWh = Math.Min(leftWh, _lengthWh[_tail - 1]);
            leftWh -= stepWh;
            if (stepWh < _lengthWh[_tail - 1]) _lengthWh[_tail - 1] -= stepWh;
            else _tail--;
        }
    }
}
