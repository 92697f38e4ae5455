using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Movc.Domain;

namespace Movc.RollingOptimizer.Model;

/// <summary>A small CSV file with a known header, read whole; every complaint names file, line and column.</summary>
internal sealed class CsvTable
{
    private readonly string _path;
    private readonly string[] _columns;
    private readonly List<string> _cells = [];
    private readonly List<int> _lines = [];
    private readonly int[] _position;

    private CsvTable(string path, string[] columns)
    {
        _path = path;
        _columns = columns;
        _position = new int[columns.Length];
    }

    public int Count => _lines.Count;

    /// <summary>Reads a file whose header holds exactly these columns, in any order.</summary>
    public static CsvTable Read(string path, params string[] columns)
    {
        if (!File.Exists(path)) throw new InputException($"{path}: no such file; it has the columns {string.Join(",", columns)}");
        var table = new CsvTable(path, columns);
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            TrimOptions = TrimOptions.Trim,
            BadDataFound = null,
            MissingFieldFound = null,
        };
        using var reader = new CsvReader(new StreamReader(path), configuration);
        if (!reader.Read() || !reader.ReadHeader()) throw new InputException($"{path}:1:1: empty; the first line is {string.Join(",", columns)}");
        string[] header = reader.HeaderRecord ?? [];
        for (int c = 0; c < header.Length; c++)
        {
            int known = Array.IndexOf(columns, header[c]);
            if (known < 0) throw new InputException($"{path}:1:{c + 1}: unknown column {header[c]}; known are {string.Join(",", columns)}");
            if (Array.IndexOf(header, header[c]) != c) throw new InputException($"{path}:1:{c + 1}: column {header[c]} stands twice; remove one");
            table._position[known] = c;
        }
        foreach (string column in columns)
        {
            if (Array.IndexOf(header, column) < 0) throw new InputException($"{path}:1:{header.Length + 1}: column {column} is missing; the first line is {string.Join(",", columns)}");
        }
        while (reader.Read())
        {
            int line = reader.Parser.RawRow;
            if (reader.Parser.Count != header.Length)
                throw new InputException($"{path}:{line}:{Math.Min(reader.Parser.Count, header.Length) + 1}: {reader.Parser.Count} cells where the header has {header.Length}; give as many");
            table._lines.Add(line);
            for (int c = 0; c < columns.Length; c++) table._cells.Add(reader.GetField(table._position[c]) ?? "");
        }
        return table;
    }

    public string Text(int row, int column) => _cells[row * _columns.Length + column];

    public bool IsEmpty(int row, int column) => Text(row, column).Length == 0;

    public int Whole(int row, int column) =>
        int.TryParse(Text(row, column), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw Wrong(row, column, $"\"{Text(row, column)}\" is not a whole number", "correct it");

    public double Number(int row, int column) =>
        double.TryParse(Text(row, column), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw Wrong(row, column, $"\"{Text(row, column)}\" is not a number", "write it with a decimal point");

    /// <summary>A figure in k-units, not negative, to the nearest thousandth: kWh to Wh, kW to W.</summary>
    public int Milli(int row, int column)
    {
        double milli = Math.Round(1000 * Number(row, column), MidpointRounding.AwayFromZero);
        if (milli is < 0 or > int.MaxValue) throw Wrong(row, column, $"{_columns[column]} {Text(row, column)} is negative or too large", "give it in kWh or kW");
        return (int)milli;
    }

    public InputException Wrong(int row, int column, string what, string remedy) =>
        new($"{_path}:{_lines[row]}:{_position[column] + 1}: {_columns[column]}: {what}; {remedy}");
}
