using Movc.Domain;
using Movc.Domain.Dispatch;
using Movc.RollingOptimizer.Model;
using Movc.Solve;
using Movc.VehicleKernel.Bundles;

namespace Movc.Verify;

/// <summary>Derives the setpoints of who holds some of a plan's vehicles.</summary>
internal static class SetpointsJob
{
    private static readonly string[] IndexColumns = ["vehicle", "index"];
    private static readonly string[] SetpointColumns = ["vehicle", "index", "setpointW"];

    /// <exception cref="InputException">A file cannot be read, or the vehicles are none of the plan's.</exception>
    public static PartDocument Execute(SetpointOptions options, JobProgress progress, CancellationToken stop)
    {
        progress.Step("reading the bundle");
        (PlanBundle plan, Digest hash) = BundleFile.ReadWhole(options.Bundle);
        progress.Step("reading the vehicles");
        DispatchInstance x = InstanceFolder.Read(options.InstanceFolder);
        int[] vehicles = [.. Enumerable.Range(0, x.VehicleCount)], indices = Indices(options, plan, x);
        progress.Step(FormattableString.Invariant($"solving {vehicles.Length:N0} vehicles"));
        PartDocument part = PlanPart.Of(plan, hash, x, vehicles, indices, stop);
        if (options.Out is not null) Write(options.Out, part);
        return part;
    }

    private static int[] Indices(SetpointOptions options, PlanBundle plan, DispatchInstance x)
    {
        if (options.IndexFile is not null) return Listed(options.IndexFile, x);
        if (options.First is { } first) return [.. Enumerable.Range(0, x.VehicleCount).Select(i => (int)Math.Min(int.MaxValue, (long)first + i))];
        if (x.VehicleCount == plan.VehicleCount) return [.. Enumerable.Range(0, x.VehicleCount)];
        // Vehicles that a plan knows by index alone are named by it.
        return [.. Enumerable.Range(0, x.VehicleCount).Select(i => Cli.Numbers.Count(InstanceFolder.NameOf(x, i))
            ?? throw new InputException($"{options.InstanceFolder}: vehicle {InstanceFolder.NameOf(x, i)} does not tell its index in the plan; give --first INDEX or --index FILE"))];
    }

    private static int[] Listed(string path, DispatchInstance x)
    {
        var indices = new int[x.VehicleCount];
        Array.Fill(indices, -1);
        using CsvRows rows = CsvRows.Open(path, IndexColumns);
        Dictionary<string, int> indexOf = InstanceFolder.IndexOf(x);
        while (rows.Next())
        {
            // A list of all vehicles of an operator may be longer than what is planned now.
            if (!indexOf.TryGetValue(rows.Text(0), out int i)) continue;
            if (indices[i] >= 0) throw rows.Wrong(0, $"vehicle {rows.Text(0)} is listed twice", "keep one of the rows");
            indices[i] = rows.Whole(1);
            if (indices[i] < 0) throw rows.Wrong(1, $"index {indices[i]} is negative", "give the index that the operator told");
        }
        int missing = Array.IndexOf(indices, -1);
        return missing < 0 ? indices : throw new InputException($"{path}: vehicle {InstanceFolder.NameOf(x, missing)} is not listed; add its index in the plan");
    }

    private static void Write(string path, PartDocument part)
    {
        string full = Path.GetFullPath(path), unfinished = $"{full}.{Environment.ProcessId}.part";
        try
        {
            using (CsvLines lines = new(unfinished, SetpointColumns))
            {
                foreach (PartDocument.Setpoint setpoint in part.Setpoints)
                {
                    lines.Text(setpoint.Vehicle);
                    lines.Whole(setpoint.Index);
                    lines.Whole(setpoint.PowerW);
                    lines.EndLine();
                }
            }
            File.Move(unfinished, full, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}
