using System.Globalization;
using Movc.Domain.Dispatch;

namespace Movc.Audit.Tests;

/// <summary>Reads an instance folder of the reference data, well formed as it is.</summary>
internal static class SharedInstance
{
    /// <summary>The instance, or a skipped test where the reference data is not there.</summary>
    public static DispatchInstance Read(string name)
    {
        string? folder = Find(name);
        if (folder is null) Assert.Skip("needs ../shared/instances or MOVC_INSTANCES");
        var columns = new TestFleet.Columns();
        ILookup<string, string[]> stays = Rows(folder, "stays.csv").ToLookup(r => r[0], StringComparer.Ordinal);
        foreach (string[] v in Rows(folder, "vehicles.csv"))
        {
            columns.CapacityWh.Add(Thousandths(v[1]));
            columns.InitialWh.Add(Thousandths(v[2]));
            columns.FinalMinWh.Add(Thousandths(v[3]));
            foreach (string[] s in stays[v[0]])
                columns.Stay(Slot(s[1]), Slot(s[2]), Thousandths(s[3]), Thousandths(s[4]), Thousandths(s[5]), Thousandths(s[6]));
            columns.StayOffset.Add(columns.Start.Count);
        }
        double[] load = [.. Rows(folder, "load.csv").Select(r => double.Parse(r[1], CultureInfo.InvariantCulture))];
        return columns.Build(load, [.. load.Select((_, t) => t / 144)], []);
    }

    private static string? Find(string name)
    {
        if (Environment.GetEnvironmentVariable("MOVC_INSTANCES") is { Length: > 0 } instances)
            return Existing(Path.Combine(instances, name));
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (Existing(Path.Combine(at.FullName, "..", "shared", "instances", name)) is { } folder) return folder;
        }
        return null;
    }

    private static string? Existing(string folder) => Directory.Exists(folder) ? folder : null;

    private static IEnumerable<string[]> Rows(string folder, string file) =>
        File.ReadLines(Path.Combine(folder, file)).Skip(1).Where(l => l.Length > 0).Select(l => l.TrimEnd('\r').Split(','));

    private static int Slot(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static int Thousandths(string text) =>
        text.Length == 0 ? 0 : (int)Math.Round(1000 * double.Parse(text, CultureInfo.InvariantCulture));
}
