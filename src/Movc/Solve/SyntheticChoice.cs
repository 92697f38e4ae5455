using System.Globalization;
using Movc.Domain;
using Movc.Domain.Dispatch;
using Movc.RollingOptimizer.Model;

namespace Movc.Solve;

/// <summary>A drawn fleet, told by its name and numbers.</summary>
internal sealed record SyntheticChoice(string Profile, int Vehicles, int Slots, long Seed)
{
    /// <summary>Profiles that can be drawn.</summary>
    public static IReadOnlyList<string> Profiles { get; } = [.. Enum.GetNames<FleetProfile>().Select(name => name.ToLowerInvariant())];

    /// <exception cref="InputException">No such profile, or a size out of range.</exception>
    public DispatchInstance Draw()
    {
        if (Vehicles < 0) throw new InputException(string.Create(CultureInfo.InvariantCulture, $"--vehicles {Vehicles}: give 0 or more"));
        if (Slots is < 1 or > 32_000) throw new InputException(string.Create(CultureInfo.InvariantCulture, $"--slots {Slots}: give 1 to 32000"));
        if (!Profiles.Contains(Profile, StringComparer.Ordinal)) throw new InputException($"--profile {Profile}: no such profile; known are {string.Join(", ", Profiles)}");
        return SyntheticFleet.Create(Enum.Parse<FleetProfile>(Profile, ignoreCase: true), Vehicles, Slots, (ulong)Seed);
    }
}
