using System.Text;

namespace Movc.Domain.Aggregators;

/// <summary>Vehicles belong to the aggregator with the longest prefix that their id begins with, as operators' codes begin contract and EVSE ids; those of none to <see cref="Rest"/>.</summary>
public sealed class PrefixedAggregators : IAggregatorMap
{
    /// <summary>Name of who passes on the rest.</summary>
    public const string Rest = "others";

    private readonly (byte[] Prefix, int Aggregator)[] _prefixes;

    /// <param name="aggregators">Name and prefix of each; a name may have several.</param>
    public PrefixedAggregators(IReadOnlyList<(string Name, string Prefix)> aggregators)
    {
        string[] names = [.. aggregators.Select(a => a.Name).Distinct(StringComparer.Ordinal)];
        Names = [.. names, Rest];
        _prefixes = [.. aggregators.Select(a => (Encoding.UTF8.GetBytes(a.Prefix), Array.IndexOf(names, a.Name))).OrderByDescending(p => p.Item1.Length)];
    }

    public IReadOnlyList<string> Names { get; }

    public int Of(ReadOnlySpan<byte> vehicleId)
    {
        foreach ((byte[] prefix, int aggregator) in _prefixes)
        {
            if (vehicleId.StartsWith(prefix)) return aggregator;
        }
        return Names.Count - 1;
    }
}
