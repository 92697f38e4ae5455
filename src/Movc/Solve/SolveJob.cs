using System.Diagnostics;
using Movc.Domain;
using Movc.Domain.Dispatch;
using Movc.Output;
using Movc.RollingOptimizer.Bundles;
using Movc.RollingOptimizer.Exact;
using Movc.RollingOptimizer.Model;
using Movc.RollingOptimizer.Solver;
using Movc.VehicleKernel.Bundles;
using Movc.Verify;

namespace Movc.Solve;

/// <summary>Reads or draws an instance, solves it, writes the result folder.</summary>
internal static class SolveJob
{
    public static ResultDocument Execute(SolveOptions options, JobProgress progress, CancellationToken cancellationToken)
    {
        // What is refused is refused before any work.
        if (options.Out is not null) StagedFolder.ThrowIfTaken(options.Out, ResultFolder.Document, "--out", "settings.json");
        if (options.WriteInstance is not null) StagedFolder.ThrowIfTaken(options.WriteInstance, "settings.json", "--write-instance", ResultFolder.Document);
        if (options.Bundle is not null && Directory.Exists(options.Bundle)) throw new InputException($"--bundle {options.Bundle}: a folder stands there; name a file");
        if (options.Bundle is not null && options.Exact) throw new InputException("solve: an exact plan has no rounds to publish; leave --exact or --bundle out");
        Digest previous = options.Previous is null ? Digest.None : BundleFile.ReadWhole(options.Previous).Hash;
        progress.Step(options.Synthetic is null ? "reading the instance" : "drawing the instance");
        DispatchInstance instance = options.Objective.Of(options.Synthetic?.Draw() ?? InstanceFolder.Read(options.InstanceFolder!));
        if (options.Exact) ExactSolver.ThrowIfTooLarge(instance);
        cancellationToken.ThrowIfCancellationRequested();
        if (options.WriteInstance is not null)
        {
            progress.Step("writing the instance");
            using StagedFolder staged = StagedFolder.At(options.WriteInstance, "settings.json", "--write-instance", ResultFolder.Document);
            InstanceFolder.Write(instance, staged.Path);
            staged.Complete();
        }
        string? folder = options.WriteInstance ?? options.InstanceFolder;
        var origin = new InstanceOrigin(folder is null ? null : Path.GetFullPath(folder), options.Synthetic, InstanceHash.Of(instance));

        progress.Step(FormattableString.Invariant($"solving {instance.VehicleCount:N0} vehicles, {instance.SlotCount:N0} slots{(options.Exact ? " exactly" : string.Empty)}"));
        IDispatchSolver solver = options.Exact ? new ExactSolver() : new DispatchSolver(Settings(options));
        DispatchResult result = solver.Solve(instance, (ulong)options.Seed, null, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();

        ResultDocument document = Describe(instance, result, options, origin);
        if (options.Bundle is not null)
        {
            progress.Step("writing the bundle");
            document = document with { Bundle = Publish(instance, result, options, origin, previous) };
        }
        if (options.Out is null) return document;
        progress.Step("writing the result");
        using StagedFolder folderOut = StagedFolder.At(options.Out, ResultFolder.Document, "--out", "settings.json");
        ResultDocument written = ResultFolder.Write(folderOut.Path, instance, result, document, options.Dense, cancellationToken);
        folderOut.Complete();
        return written;
    }

    private static DispatchSolverOptions Settings(SolveOptions options)
    {
        var settings = new DispatchSolverOptions { Threads = options.Threads, TieBreak = options.Objective.TieBreak };
        if (options.Compact) settings = settings.ToCompact();
        return options.Tail is { } tail ? settings with { TailVehicles = tail } : settings;
    }

    /// <summary>A plan that was solved by hand has no date; it is named after what was solved.</summary>
    private static BundleOrigin Publish(DispatchInstance x, DispatchResult result, SolveOptions options, InstanceOrigin origin, Digest previous)
    {
        PlanBundle bundle = PlanBundles.Of(x, result, (ulong)options.Seed, 0, $"solve-{origin.Sha256[..12]}", previous);
        byte[] bytes = BundleCodec.Encode(bundle, out Digest hash);
        BundleFile.Write(options.Bundle!, bytes);
        return new BundleOrigin(options.Bundle!, bytes.Length, bundle.Id, hash.ToString(), previous.ToString());
    }

    private static ResultDocument Describe(DispatchInstance x, DispatchResult result, SolveOptions options, InstanceOrigin origin)
    {
        double[] chargeOnlyKw = new double[x.SlotCount];
        for (int t = 0; t < chargeOnlyKw.Length; t++) chargeOnlyKw[t] = x.LoadKw[t] + x.BaselineEvKw[t];
        using Process self = Process.GetCurrentProcess();
        return new ResultDocument
        {
            Status = DispatchStatusNames.Of(result.Status),
            Objective = result.ObjectiveKw,
            ObjectiveKind = options.Objective.NameFor(x),
            PeakWeight = x.PeakWeight,
            Bound = result.BoundKw,
            Gap = result.Gap,
            Seconds = result.Seconds,
            PeakRssMb = Math.Round(self.PeakWorkingSet64 / 1e6, 1),
            Vehicles = x.VehicleCount,
            Slots = x.SlotCount,
            Infeasible = [.. result.Infeasible.Select(v => new ResultDocument.InfeasibleEntry(InstanceFolder.NameOf(x, v.Vehicle), v.Reason, v.WantedWh / 1000.0, v.ReachableWh / 1000.0))],
            PvdrOriginal = PvdrSummary.Of(x.LoadKw, x.DayOfSlot),
            PvdrChargeOnly = PvdrSummary.Of(chargeOnlyKw, x.DayOfSlot),
            PvdrAfter = PvdrSummary.Of(result.AfterKw, x.DayOfSlot),
            Method = options.Exact ? "exact" : "structured",
            Seed = options.Seed,
            Schedules = "none",
            Instance = origin,
        };
    }
}
