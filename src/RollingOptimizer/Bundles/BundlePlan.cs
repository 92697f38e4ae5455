using System.Collections.Concurrent;
using Movc.Domain.Dispatch;
using Movc.RollingOptimizer.Solver;
using Movc.VehicleKernel.Bundles;
using Movc.VehicleKernel.Vehicles;

namespace Movc.RollingOptimizer.Bundles;

/// <summary>A published plan held against its whole instance: every schedule made again from the rounds. Safe for several threads.</summary>
public sealed class BundlePlan : IScheduleSource
{
    private readonly ConcurrentBag<KernelExpansion> _kernels = [];
    private readonly PlanBundle _bundle;
    private readonly PreparedFleet _fleet;
    private readonly PlanLookup _lookup;

    /// <param name="bundle">The plan.</param>
    /// <param name="instance">The instance, whose settings must be the plan's (<see cref="Differs"/>).</param>
    /// <exception cref="ArgumentException">They do not belong together.</exception>
    /// <exception cref="Domain.InputException">The instance is no dispatch problem.</exception>
    public BundlePlan(PlanBundle bundle, DispatchInstance instance)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentNullException.ThrowIfNull(instance);
        if (Differs(bundle, instance) is { } difference) throw new ArgumentException($"{difference.What}: {difference.InBundle} in the bundle, {difference.InInstance} in the instance", nameof(instance));
        _bundle = bundle;
        _fleet = PreparedFleet.Prepare(instance, Environment.ProcessorCount);
        _lookup = new PlanLookup(bundle);
        if (_fleet.Units != bundle.Units) throw new ArgumentException($"unit of energy: {bundle.Units} in the bundle, {_fleet.Units} of the instance", nameof(instance));
    }

    /// <summary>Needs of the instance that are out of reach, lowered.</summary>
    public IReadOnlyList<InfeasibleVehicle> Infeasible => _fleet.Infeasible;

    /// <summary>The first figure in which a bundle is not of an instance, or null.</summary>
    public static (string What, string InBundle, string InInstance)? Differs(PlanBundle bundle, DispatchInstance instance)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentNullException.ThrowIfNull(instance);
        (string What, double Bundle, double Instance)[] figures =
        [
            ("vehicles", bundle.VehicleCount, instance.VehicleCount), ("slots", bundle.Slots, instance.SlotCount), ("past slots", bundle.PastSlots, instance.PastLoadKw.Length),
            ("slot length, h", bundle.SlotHours, instance.SlotHours), ("efficiency", bundle.Efficiency, instance.Efficiency),
            ("lambda", bundle.Lambda, instance.Lambda), ("peak weight", bundle.PeakWeight, instance.PeakWeight),
        ];
        foreach ((string what, double inBundle, double inInstance) in figures)
        {
            if (inBundle != inInstance) return (what, Text(inBundle), Text(inInstance));
        }
        return Column("load, kW", bundle.LoadKw, instance.LoadKw) ?? Column("past load, kW", bundle.PastLoadKw, instance.PastLoadKw)
            ?? Column("day", Array.ConvertAll(bundle.DayOfSlot, day => (double)day), Array.ConvertAll(instance.DayOfSlot, day => (double)day));
    }

    /// <summary>Makes every schedule and hashes it; takes setpoints along.</summary>
    /// <param name="setpointW">Takes every vehicle's power in slot 0, W; length N.</param>
    /// <param name="done">Is told now and then how many vehicles are done.</param>
    public UInt128 ScheduleSum(int[] setpointW, Action<int>? done, CancellationToken cancellationToken) =>
        FleetScheduleHash.Of(_fleet.Columns, _bundle, setpointW, done, cancellationToken);

    /// <inheritdoc/>
    public void Expand(int vehicle, Span<double> powerKw)
    {
        int slots = _bundle.Slots, round = _lookup.RoundOf(vehicle);
        if (powerKw.Length != slots) throw new ArgumentException($"a schedule has {slots} slots, the span {powerKw.Length}", nameof(powerKw));
        if (round < 0)
        {
            for (int t = 0; t < slots; t++) powerKw[t] = _bundle.Units.PowerKw(_bundle.Rows[(~round * slots) + t]);
            return;
        }
        if (!_kernels.TryTake(out KernelExpansion? kernel)) kernel = new KernelExpansion(_fleet.Columns);
        kernel.Expand(_bundle.Rounds[round], vehicle, powerKw);
        _kernels.Add(kernel);
    }

    /// <summary>The plan as an auditor reads it.</summary>
    /// <param name="setpointW">Of <see cref="ScheduleSum"/>.</param>
    public DispatchResult ToResult(int[] setpointW) => new()
    {
        Status = (DispatchStatus)_bundle.Status,
        ObjectiveKw = _bundle.ObjectiveKw,
        BoundKw = _bundle.BoundKw,
        Seconds = 0,
        AfterKw = _bundle.AfterKw,
        Prices = _bundle.Prices,
        FirstSlotPowerW = setpointW,
        Infeasible = Infeasible,
        Schedules = this,
        WarmPrices = _bundle.Prices[_bundle.PastSlots..],
    };

    private static (string What, string InBundle, string InInstance)? Column(string what, double[] inBundle, double[] inInstance)
    {
        for (int t = 0; t < inBundle.Length; t++)
        {
            if (inBundle[t] != inInstance[t]) return ($"{what}, slot {t}", Text(inBundle[t]), Text(inInstance[t]));
        }
        return null;
    }

    private static string Text(double value) => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}
