using System.Globalization;
using System.Runtime.InteropServices;

namespace Movc.Bench;

/// <summary>What a figure was measured on; neither name nor path of the machine.</summary>
internal sealed record Machine(string Processor, int Cores, double MemoryGiB, string OperatingSystem, string Runtime, string FileSystem)
{
    public static Machine Here(string dataFolder) => new(
        FirstOf("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString(),
        Environment.ProcessorCount,
        Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30), 1),
        PrettyName() ?? RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        new DriveInfo(dataFolder).DriveFormat);

    /// <summary>Mean number of runnable threads over the last minute: over the cores, others were competing.</summary>
    public static double LoadAverage() => File.Exists("/proc/loadavg")
        ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture)
        : double.NaN;

    /// <summary>A note for a report: whether the machine was the benchmark's alone.</summary>
    public static string LoadNote(double before) => string.Create(
        CultureInfo.InvariantCulture, $"Load average of the machine: {before:0.0} before, {LoadAverage():0.0} after. Where it exceeds the number of cores, other programs were at work and wall times are worse than the program's own.");

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Processor}, {Cores} logical cores, {MemoryGiB:0.#} GiB, {OperatingSystem}, {Runtime}, data on {FileSystem}");

    private static string? PrettyName() => FirstLine("/etc/os-release", "PRETTY_NAME=")?.Trim('"');

    private static string? FirstOf(string file, string key) => FirstLine(file, key)?.TrimStart('\t', ' ', ':');

    private static string? FirstLine(string file, string start) => File.Exists(file)
        ? File.ReadLines(file).FirstOrDefault(l => l.StartsWith(start, StringComparison.Ordinal))?[start.Length..]
        : null;
}
