using Movc.VehicleKernel.Storage;

namespace Movc.RollingOptimizer.Solver;

/// <summary>A kernel whose answers are wanted in kW. One belongs to one thread.</summary>
internal sealed class KernelExpansion(FleetColumns fleet)
{
    private readonly SlotKernel _kernel = new(fleet);
    private readonly int[] _gained = new int[fleet.Slots];

    /// <summary>Writes the vehicle's power in every slot, kW, charging positive.</summary>
    public void Expand(PriceRanks ranks, int vehicle, Span<double> powerKw)
    {
        _kernel.Solve(ranks, vehicle, _gained);
        for (int t = 0; t < powerKw.Length; t++) powerKw[t] = fleet.Units.PowerKw(_gained[t]);
    }
}
