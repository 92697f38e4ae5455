namespace Movc.Domain.Sources;

/// <summary>Where the twin's events come from; must be unmistakable on every page.</summary>
public enum CityMode : byte
{
    Live = 0,
    Replay = 1,
    Simulated = 2,
}
