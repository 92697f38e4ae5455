using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Movc.Domain;
using Movc.Domain.Dispatch;
using Movc.RollingOptimizer.Model;

namespace Movc.RollingOptimizer.Exact.Tests;

public sealed partial class MpsFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("movc-mps").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("clp", ".mps")]
    [InlineData("clp", ".mps.gz")]
    [InlineData("glpsol", ".mps")]
    [InlineData("glpsol", ".mps.gz")]
    public void Debians_solvers_find_the_same_optimum_in_the_file(string program, string ending)
    {
        Needs(program);
        ExactSolverTests.NeedsClp();
        foreach (ulong seed in new ulong[] { 3, 8, 21 })
        {
            DispatchInstance x = SmallInstances.Draw(seed);
            double exactKw = new ExactSolver().Solve(x, 1, null, TestContext.Current.CancellationToken).ObjectiveKw;
            string file = Path.Combine(_folder, $"p{seed}{ending}");
            MpsSize size = MpsFile.Write(x, file, TestContext.Current.CancellationToken);
            size.Rows.ShouldBeGreaterThan(x.SlotCount);
            Solve(program, file).ShouldBe(exactKw, 1e-6 * Math.Max(1, exactKw));
        }
    }

    [Fact]
    public void Clp_finds_the_optimum_on_record_in_a_shared_instance()
    {
        Needs("clp");
        string file = Path.Combine(_folder, "hostile.mps.gz");
        MpsFile.Write(InstanceFolder.Read(SharedInstances.Folder("hostile-200x144")), file, TestContext.Current.CancellationToken);
        Solve("clp", file).ShouldBe(416.22376, 5e-5);
    }

    [Fact]
    public void A_city_is_refused_with_its_size() =>
        Should.Throw<InputException>(() => MpsFile.Write(Huge(), Path.Combine(_folder, "x.mps"), TestContext.Current.CancellationToken))
            .Message.ShouldContain("32,000,000 plugged vehicle-slots");

    private static DispatchInstance Huge() => new()
    {
        CapacityWh = new int[1000], InitialWh = new int[1000], FinalMinWh = new int[1000], StayOffset = [.. Enumerable.Range(0, 1001)],
        StartSlot = new int[1000], EndSlot = [.. Enumerable.Repeat(32_000, 1000)], MaxChargeW = new int[1000], MaxDischargeW = new int[1000],
        NeededAtDepartureWh = new int[1000], TripWhAfter = new int[1000], LoadKw = new double[32_000], BaselineEvKw = new double[32_000], DayOfSlot = new int[32_000],
    };

    private static double Solve(string program, string file)
    {
        string output = IsClp(program) ? Run("clp", file, "-barrier", "-crossover", "on") : Run("glpsol", "--freemps", file, "-o", file + ".txt");
        if (IsClp(program)) return Number(ClpObjective().Match(output).Groups["value"].Value);
        output.ShouldContain("OPTIMAL LP SOLUTION FOUND");
        string text = File.ReadAllText(file + ".txt");
        return Number(GlpkObjective().Match(text).Groups["value"].Value);
    }

    private static bool IsClp(string program) => string.Equals(program, "clp", StringComparison.Ordinal);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static void Needs(string program)
    {
        bool there = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(p => File.Exists(Path.Combine(p, program)));
        if (!there) Assert.Skip($"needs {program} (Debian package {(IsClp(program) ? "coinor-clp" : "glpk-utils")})");
    }

    private static string Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, output + error.Result);
        return output;
    }

    [GeneratedRegex(@"Optimal.* objective (value )?(?<value>[-\d.e+]+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 5000)]
    private static partial Regex ClpObjective();

    [GeneratedRegex(@"Objective:\s+\S+ = (?<value>[-\d.e+]+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 5000)]
    private static partial Regex GlpkObjective();
}
