using System.Globalization;
using System.Runtime.InteropServices;

namespace Movc.Benchmarks.Reporting;

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

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Processor}, {Cores} logical cores, {MemoryGiB:0.#} GiB, {OperatingSystem}, {Runtime}, data on {FileSystem}");

    private static string? PrettyName() => FirstLine("/etc/os-release", "PRETTY_NAME=")?.Trim('"');

    private static string? FirstOf(string file, string key) => FirstLine(file, key)?.TrimStart('\t', ' ', ':');

    private static string? FirstLine(string file, string start) => File.Exists(file)
        ? File.ReadLines(file).FirstOrDefault(l => l.StartsWith(start, StringComparison.Ordinal))?[start.Length..]
        : null;
}
