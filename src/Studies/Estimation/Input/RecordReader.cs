using System.Buffers.Text;
using System.Text;
using Movc.Domain;
using Movc.Domain.Time;
using Movc.RollingOptimizer.Model;

namespace Movc.Studies.Estimation.Input;

/// <summary>
/// Reads records of where users were: CSV files of points or stays, and GeoLife folders, row by row. What is wrong with a record is
/// counted and the record left out; only a file that is no such file at all ends the reading.
/// </summary>
/// <param name="area">Where the city is.</param>
/// <param name="calendar">Clock of times without a zone.</param>
/// <param name="stated">Column by role where the user states it.</param>
/// <param name="points">What is read goes there.</param>
/// <param name="counts">What became of it.</param>
public sealed class RecordReader(CityArea area, ICityCalendar calendar, IReadOnlyDictionary<string, string> stated, PointSet points, InputCounts counts)
{
    private const int LongestStayS = 31 * 86_400;

    /// <summary>Times between which the zone's offset is asked once.</summary>
    private const long OffsetHoldsMs = 15 * 60_000;

    private long _offsetFrom = long.MinValue;
    private long _offsetMs;

    /// <summary>Reads a file, or all files of a folder: its .csv, or its users' .plt as GeoLife has them.</summary>
    /// <param name="path">As the user gave it.</param>
    /// <param name="step">Told how far it is.</param>
    /// <param name="cancellationToken">Ends the job.</param>
    /// <exception cref="InputException">No such file, an unknown kind, a header without the needed columns.</exception>
    public void Read(string path, Action<string> step, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path))
        {
            string[] files = [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(f => IsKnown(f)).Order(StringComparer.Ordinal)];
            if (files.Length == 0) throw new InputException($"{path}: the folder holds neither .csv nor .plt files");
            foreach (string file in files) ReadFile(file, step, cancellationToken);
            return;
        }
        if (!File.Exists(path)) throw new InputException($"{path}: no such file or folder");
        ReadFile(path, step, cancellationToken);
    }

    private static bool IsKnown(string file) => file.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".plt", StringComparison.OrdinalIgnoreCase);

    private void ReadFile(string path, Action<string> step, CancellationToken cancellationToken)
    {
        counts.Files++;
        if (path.EndsWith(".plt", StringComparison.OrdinalIgnoreCase)) ReadPlt(path, cancellationToken);
        else ReadCsv(path, step, cancellationToken);
        step(FormattableString.Invariant($"reading, {counts.Records:N0} records"));
    }

    private void ReadCsv(string path, Action<string> step, CancellationToken cancellationToken)
    {
        ColumnNames? names = null;
        using CsvRows rows = CsvRows.OpenSome(path, header =>
        {
            names = ColumnNames.Of(path, header, stated);
            string[] wanted = [names.User, names.Time, names.Latitude, names.Longitude, .. new[] { names.End, names.Duration }.OfType<string>()];
            foreach (string column in header.Except(wanted, StringComparer.Ordinal)) counts.ColumnsNotUsed.Add(column);
            return wanted;
        });
        bool? zoned = null;
        Span<char> name = stackalloc char[256];
        int end = names!.End is null ? -1 : 4, duration = names.Duration is null ? -1 : names.End is null ? 4 : 5;
        while (rows.NextOfAny())
        {
            if (++counts.Records % 262_144 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                step(FormattableString.Invariant($"reading, {counts.Records:N0} records"));
            }
            int line = rows.Line;
            void Fault(RecordFault fault) => counts.Add(fault, () => $"{path}:{line}");
            if (!rows.IsWhole)
            {
                Fault(RecordFault.Ragged);
                continue;
            }
            ReadOnlySpan<byte> user = rows.Bytes(0);
            if (user.IsEmpty || user.Length > name.Length || !Encoding.UTF8.TryGetChars(user, name, out int letters))
            {
                Fault(RecordFault.NoUser);
                continue;
            }
            if (!TryTime(rows.Bytes(1), ref zoned, out long atMs, out RecordFault wrong))
            {
                Fault(wrong);
                continue;
            }
            if (!TryNumber(rows.Bytes(2), out double latitude) || !TryNumber(rows.Bytes(3), out double longitude))
            {
                Fault(RecordFault.Coordinate);
                continue;
            }
            int durationS = 0;
            if (duration >= 0 && !rows.IsEmpty(duration))
            {
                durationS = TryNumber(rows.Bytes(duration), out double length) && length * names.DurationUnitS is > 0 and <= LongestStayS ? (int)(length * names.DurationUnitS) : -1;
            }
            else if (end >= 0)
            {
                durationS = TryTime(rows.Bytes(end), ref zoned, out long until, out _) && until - atMs is > 0 and <= LongestStayS * 1000L ? (int)((until - atMs) / 1000) : -1;
            }
            if (durationS < 0)
            {
                Fault(RecordFault.Duration);
                continue;
            }
            if (TryPlace(latitude, longitude, out double east, out double north, out wrong)) points.Add(points.UserOf(name[..letters]), atMs, durationS, east, north);
            else Fault(wrong);
        }
    }

    /// <summary>A trajectory of GeoLife: six lines of head, then latitude, longitude, 0, feet, days since 1899-12-30, date, time, in GMT. The user is the folder above.</summary>
    private void ReadPlt(string path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        DirectoryInfo folder = new FileInfo(path).Directory!;
        string user = string.Equals(folder.Name, "Trajectory", StringComparison.OrdinalIgnoreCase) && folder.Parent is { } above ? above.Name : folder.Name;
        int line = 0;
        foreach (string text in File.ReadLines(path))
        {
            if (++line <= 6) continue;
            if (text.Length == 0) continue;
            counts.Records++;
            int at = line;
            void Fault(RecordFault fault) => counts.Add(fault, () => $"{path}:{at}");
            string[] cells = text.Split(',');
            if (cells.Length < 7) Fault(RecordFault.Ragged);
            else if (!TimeText.TryRead(Encoding.UTF8.GetBytes($"{cells[5].Trim()} {cells[6].Trim()}"), out long atMs, out _)) Fault(RecordFault.Time);
            else if (!TryNumber(Encoding.UTF8.GetBytes(cells[0].Trim()), out double latitude) || !TryNumber(Encoding.UTF8.GetBytes(cells[1].Trim()), out double longitude)) Fault(RecordFault.Coordinate);
            else if (TryPlace(latitude, longitude, out double east, out double north, out RecordFault wrong)) points.Add(points.UserOf(user), atMs, 0, east, north);
            else Fault(wrong);
        }
    }

    private bool TryTime(ReadOnlySpan<byte> text, ref bool? zoned, out long atMs, out RecordFault fault)
    {
        fault = RecordFault.Time;
        if (!TimeText.TryRead(text, out atMs, out bool hasZone)) return false;
        fault = RecordFault.MixedZones;
        // The first record says how the file writes its times; one that writes them otherwise could mean either.
        if ((zoned ??= hasZone) != hasZone) return false;
        if (!hasZone) atMs -= OffsetMs(atMs);
        return true;
    }

    /// <summary>Offset of the city's clock at a local time, ms.</summary>
    private long OffsetMs(long localMs)
    {
        if (localMs >= _offsetFrom && localMs < _offsetFrom + OffsetHoldsMs) return _offsetMs;
        _offsetFrom = localMs - (localMs % OffsetHoldsMs);
        long guess = calendar.OffsetMinutes(_offsetFrom) * 60_000L;
        _offsetMs = calendar.OffsetMinutes(_offsetFrom - guess) * 60_000L;
        return _offsetMs;
    }

    private bool TryPlace(double latitude, double longitude, out double east, out double north, out RecordFault fault)
    {
        fault = RecordFault.Outside;
        (east, north) = area.ToKm(latitude, longitude);
        if (Math.Abs(latitude) <= 90 && Math.Abs(longitude) <= 180 && area.DistrictOf(east, north) >= 0) return true;
        (double e, double n) = area.ToKm(longitude, latitude);
        if (area.DistrictOf(e, n) >= 0) fault = RecordFault.Swapped;
        else if (!(Math.Abs(latitude) <= 90 && Math.Abs(longitude) <= 180)) fault = RecordFault.Coordinate;
        return false;
    }

    private static bool TryNumber(ReadOnlySpan<byte> text, out double number) =>
        Utf8Parser.TryParse(text, out number, out int used) && used == text.Length && double.IsFinite(number);
}
