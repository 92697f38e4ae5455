using System.Globalization;

namespace Movc.Composition;

/// <summary>What must agree for stored data to be resumed.</summary>
/// <param name="Source">CloudEvents source.</param>
/// <param name="Vehicles">Vehicles of the source.</param>
/// <param name="Seed">Seed of everything drawn.</param>
/// <param name="StartMs">First interval, Unix milliseconds UTC.</param>
/// <param name="Partitions">Partitions of the log.</param>
/// <param name="Variant">What else distinguishes the run.</param>
internal sealed record CityIdentity(string Source, int Vehicles, long Seed, long StartMs, int Partitions, string Variant)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Source} with {Vehicles} vehicles, seed {Seed}, from {DateTimeOffset.FromUnixTimeMilliseconds(StartMs):yyyy-MM-dd'T'HH:mm'Z'}, {Variant}");
}
