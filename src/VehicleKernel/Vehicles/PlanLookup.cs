using Movc.VehicleKernel.Bundles;

namespace Movc.VehicleKernel.Vehicles;

/// <summary>Which round each vehicle of a plan answered, or which row it has; from the order and the blocks, without a table of all vehicles. Safe for several threads.</summary>
public sealed class PlanLookup
{
    private readonly ProcessOrder _order;
    private readonly int[] _blockEnd;

    public PlanLookup(PlanBundle bundle)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        _order = new ProcessOrder(bundle.VehicleCount, bundle.Seed);
        _blockEnd = new int[bundle.Blocks.Count];
        int end = 0;
        for (int k = 0; k < _blockEnd.Length; k++) _blockEnd[k] = end += bundle.Blocks[k];
        Answered = end;
    }

    /// <summary>Vehicles that answered a round: the first positions of the order.</summary>
    public int Answered { get; }

    /// <summary>Vehicle at a position of the order.</summary>
    public int VehicleAt(int position) => _order[position];

    /// <summary>The vehicle's round, or the complement of its row.</summary>
    /// <param name="vehicle">Its index in the plan.</param>
    /// <exception cref="ArgumentOutOfRangeException">The plan has no such vehicle.</exception>
    public int RoundOf(int vehicle)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(vehicle);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(vehicle, _order.Count);
        return RoundAt(_order.PositionOf(vehicle));
    }

    /// <summary>The same by position in the order.</summary>
    public int RoundAt(int position)
    {
        if (position >= Answered) return ~(position - Answered);
        int at = Array.BinarySearch(_blockEnd, position + 1);
        return at >= 0 ? at : ~at;
    }
}
