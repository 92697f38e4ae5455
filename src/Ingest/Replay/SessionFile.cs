using System.Globalization;
using Movc.Domain;
using Movc.Domain.Events;

namespace Movc.Ingest.Replay;

/// <summary>
/// A file of plug-in sessions, read whole or not at all. What cannot be read at all (a column missing, a number that is none) is
/// an <see cref="InputException"/>; what reads well and contradicts itself is left to <see cref="SessionRules"/>.
/// </summary>
public sealed class SessionFile
{
    private readonly ReadOnlyMemory<byte>[] _raw;

    private SessionFile(string path, SessionFormat format, SessionRow[] rows, ReadOnlyMemory<byte>[] raw)
    {
        Path = path;
        Format = format;
        Rows = rows;
        _raw = raw;
    }

    public string Path { get; }

    public SessionFormat Format { get; }

    /// <summary>The rows in the file's order.</summary>
    public IReadOnlyList<SessionRow> Rows { get; }

    /// <summary>The bytes of a row's line without its line end.</summary>
    /// <param name="row">Index into <see cref="Rows"/>.</param>
    public ReadOnlyMemory<byte> RawLine(int row) => _raw[row];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">Its mapping; null = <see cref="SessionFormat.Trondheim"/>.</param>
    /// <exception cref="InputException">Missing, empty, not UTF-8, a column missing, a value that cannot be read.</exception>
    public static SessionFile Read(string path, SessionFormat? format = null)
    {
        format ??= SessionFormat.Trondheim;
        string what = $"plug-in sessions ({format.Name})";
        using var csv = new CsvInput(path, format.Delimiter, what);
        int user = csv.Column(format.UserColumn, what);
        int plugIn = csv.Column(format.PlugInColumn, what);
        int plugOut = csv.Column(format.PlugOutColumn, what);
        int energy = csv.Column(format.EnergyKwhColumn, what);
        var numbers = new NumberFormatInfo { NumberDecimalSeparator = format.DecimalSeparator, NumberGroupSeparator = " " };
        var rows = new List<SessionRow>();
        var raw = new List<ReadOnlyMemory<byte>>();
        while (csv.Read())
        {
            rows.Add(new SessionRow(
                csv.Line,
                User(csv, user, format),
                Time(csv, plugIn, format),
                Time(csv, plugOut, format),
                Number(csv, energy, format, numbers)));
            raw.Add(csv.RawLine(csv.Line));
        }

        if (rows.Count == 0)
            throw new InputException($"{path}:2:1: the file has a header and no session; give a file of {what}");
        return new SessionFile(path, format, [.. rows], [.. raw]);
    }

    private static string? User(CsvInput csv, int column, SessionFormat format)
    {
        string id = csv[column];
        if (string.Equals(id, format.NotTold, StringComparison.Ordinal)) return null;
        if (string.IsNullOrWhiteSpace(id))
            throw csv.Wrong(column, "names no user", $"write the user's id, or {format.NotTold}");
        if (System.Text.Encoding.UTF8.GetByteCount(id) > VehicleEventRules.MaxVehicleIdBytes)
            throw csv.Wrong(column, $"is longer than {VehicleEventRules.MaxVehicleIdBytes} bytes", "shorten the id");
        return id;
    }

    private static DateTime? Time(CsvInput csv, int column, SessionFormat format)
    {
        string text = csv[column];
        if (string.Equals(text, format.NotTold, StringComparison.Ordinal)) return null;
        string remedy = $"write {format.DateTimePatterns[0]}, or {format.NotTold} where it is not known";
        if (!DateTime.TryParseExact(text, format.DateTimePatterns, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time))
            throw csv.Wrong(column, "is not a date and time", remedy);
        if (time.Year < 100 && format.CenturyLeftOut > 0) time = time.AddYears(format.CenturyLeftOut);
        if (time.Year is < 2000 or > 2099)
            throw csv.Wrong(column, "lies outside the years 2000 to 2099", remedy);
        return time;
    }

    private static decimal? Number(CsvInput csv, int column, SessionFormat format, NumberFormatInfo numbers)
    {
        string text = csv[column];
        if (string.Equals(text, format.NotTold, StringComparison.Ordinal)) return null;
        // decimal: exact to the Wh, and it knows no NaN and no infinity.
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (!decimal.TryParse(text, Style, numbers, out decimal number))
            throw csv.Wrong(column, "is not a number", $"write kWh with \"{format.DecimalSeparator}\" before the decimals and nothing between thousands, or {format.NotTold}");
        return number;
    }
}
