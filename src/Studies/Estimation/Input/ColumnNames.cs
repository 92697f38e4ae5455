using Movc.Domain;

namespace Movc.Studies.Estimation.Input;

/// <summary>Which columns of a file hold what: the usual names, or those that a user states.</summary>
/// <param name="User">Anonymous user or vehicle.</param>
/// <param name="Time">When.</param>
/// <param name="Latitude">WGS84 degrees.</param>
/// <param name="Longitude">WGS84 degrees.</param>
/// <param name="End">End of a stay; null where the file has none.</param>
/// <param name="Duration">Length of a stay; null where the file has none.</param>
/// <param name="DurationUnitS">Seconds in the unit of <paramref name="Duration"/>.</param>
internal sealed record ColumnNames(string User, string Time, string Latitude, string Longitude, string? End, string? Duration, int DurationUnitS)
{
    private static readonly (string Role, string[] Names)[] Usual =
    [
        ("user", ["user", "user_id", "userid", "uid", "id", "vehicle", "vehicle_id", "vehicleid", "device", "device_id", "agent"]),
        ("time", ["time", "timestamp", "datetime", "date_time", "start", "start_time", "starttime", "t", "at"]),
        ("lat", ["lat", "latitude", "y"]),
        ("lon", ["lon", "lng", "long", "longitude", "x"]),
        ("end", ["end", "end_time", "endtime", "stop", "stop_time"]),
        ("duration", ["duration", "duration_s", "duration_sec", "duration_seconds", "duration_min", "duration_minutes", "dwell"]),
    ];

    /// <summary>Roles that a mapping may name.</summary>
    public static IEnumerable<string> Roles => Usual.Select(u => u.Role);

    /// <summary>Finds the columns of a header.</summary>
    /// <param name="path">For complaints.</param>
    /// <param name="header">As it stands in the file.</param>
    /// <param name="stated">Column by role, as the user states; it wins over the usual names.</param>
    /// <exception cref="InputException">A column that is needed is not there.</exception>
    public static ColumnNames Of(string path, IReadOnlyList<string> header, IReadOnlyDictionary<string, string> stated)
    {
        string? Find(string role)
        {
            if (stated.TryGetValue(role, out string? name))
                return header.Contains(name, StringComparer.Ordinal) ? name : throw new InputException($"{path}:1:1: --columns names {name} for {role}; the header has {string.Join(",", header)}");
            return Usual.Single(u => string.Equals(u.Role, role, StringComparison.Ordinal)).Names
                .Select(n => header.FirstOrDefault(h => string.Equals(h, n, StringComparison.OrdinalIgnoreCase))).FirstOrDefault(h => h is not null);
        }
        string Need(string role) => Find(role) ?? throw new InputException(
            $"{path}:1:1: no column for {role} among {string.Join(",", header)}; name it one of {string.Join(",", Usual.Single(u => string.Equals(u.Role, role, StringComparison.Ordinal)).Names)}, or state it: --columns {role}=NAME");
        string? duration = Find("duration");
        return new ColumnNames(Need("user"), Need("time"), Need("lat"), Need("lon"), Find("end"), duration, duration?.Contains("min", StringComparison.OrdinalIgnoreCase) is true ? 60 : 1);
    }
}
