using Movc.Domain.Places;

namespace Movc.Domain.Mobility;

/// <summary>Where a city's vehicles are when (model.md §3). An implementation is immutable; what draws is a walker.</summary>
public interface IMobilityModel
{
    /// <summary>Where they stay.</summary>
    StayRegions Regions { get; }

    /// <summary>A walker of its own for a thread, reused from vehicle to vehicle.</summary>
    IMobilityWalker OpenWalker();
}
