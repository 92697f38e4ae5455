using Movc.Domain.Charging;
using Movc.Domain.Places;
using Movc.Domain.Sources;
using Movc.Domain.Willingness;

namespace Movc.Ingest.Simulation;

/// <summary>A simulated city, ready to run.</summary>
/// <param name="Key">Name on the command line, as shenzhen.</param>
/// <param name="ParametersHash">See <see cref="Parameters.CityParameters.Hash"/>.</param>
/// <param name="Fleet">What the vehicles do.</param>
/// <param name="Load">The load beside them.</param>
/// <param name="Unmanaged">How vehicles charge that nobody dispatches.</param>
/// <param name="Assumptions">One line for each value that is assumed, with its mark.</param>
public sealed record OpenedCity(
    string Key, string ParametersHash, SimulatedFleet Fleet, ICityLoad Load, UnmanagedCharging Unmanaged, IReadOnlyList<string> Assumptions)
{
    /// <summary>Where its vehicles stay.</summary>
    public required StayRegions Regions { get; init; }

    /// <summary>What its owners allow, and are paid.</summary>
    public required IWillingness Willingness { get; init; }

    /// <summary>Names of its districts, in the order of <see cref="StayRegions.District"/>.</summary>
    public required IReadOnlyList<string> Districts { get; init; }
}
