using System.Globalization;

namespace Movc.Scenarios.Tests;

/// <summary>The city that most scenarios run, and its undisturbed run, made once.</summary>
internal static class City
{
    public const int Intervals = 12;

    private static readonly Lazy<Task<Outcome>> Once = new(async () =>
    {
        using var workspace = new Workspace();
        return Outcome.Of(workspace, await MovcProcess.RunAsync(Arguments(workspace, Intervals)));
    });

    public static Task<Outcome> UndisturbedAsync() => Once.Value;

    public static string[] Arguments(Workspace workspace, int intervals, string speed = "max") => Arguments(workspace, 3000, intervals, speed);

    public static string[] Arguments(Workspace workspace, int vehicles, int intervals, string speed) =>
    [
        "run", "--vehicles", vehicles.ToString(CultureInfo.InvariantCulture), "--seed", "11", "--intervals", intervals.ToString(CultureInfo.InvariantCulture),
        "--speed", speed, "--data", workspace.Data, "--no-page", "--json",
    ];
}
