using System.Globalization;
using System.Text.Json;
using Movc.Domain;

namespace Movc.Ingest.Simulation.Parameters;

/// <summary>
/// Reads one parameter file. Every value must carry its unit, which must be the one the program computes in, and the mark of its
/// source; what is marked [G] is collected as an assumption. An error names the file and the value's path.
/// </summary>
internal sealed class ParameterReader(string file, JsonElement root)
{
    private static readonly string[] HeadNotes = ["$schema", "marks", "note"];
    private static readonly string[] ValueMembers = ["value", "unit", "mark", "note"];
    private static readonly string[] TableMembers = ["columns", "rows", "mark", "note", "unit"];
    private readonly List<string> _assumptions = [];
    private readonly Dictionary<string, ParameterShape> _shapes = new(StringComparer.Ordinal);

    /// <summary>One line for every value marked [G], in the order read.</summary>
    public IReadOnlyList<string> Assumptions => _assumptions;

    /// <summary>Everything that was asked of the file, in the order read.</summary>
    public IReadOnlyCollection<ParameterShape> Shapes => _shapes.Values;

    public InputException Wrong(string path, string what) => new($"{file}: {path}: {what}");

    /// <summary>Whether the file has a section.</summary>
    public bool Has(string section) => root.TryGetProperty(section, out _);

    /// <summary>A plain text of the file's head.</summary>
    public string Text(string path)
    {
        _shapes.TryAdd(path, new ParameterShape(path, ParameterKind.Text, null));
        JsonElement element = Find(path);
        return element.ValueKind == JsonValueKind.String && element.GetString() is { Length: > 0 } text
            ? text
            : throw Wrong(path, "must be a text");
    }

    /// <summary>A value that is a text, with unit and mark.</summary>
    public string Value(string path, string unit)
    {
        _shapes.TryAdd(path, new ParameterShape(path, ParameterKind.Value, unit));
        JsonElement element = Marked(path);
        CheckUnit(path, element, unit);
        string text = Member(path, element, "value").GetString() ?? throw Wrong(path, "value must be a text");
        Note(path, element, $" = {text}");
        return text;
    }

    /// <summary>A number with unit and mark.</summary>
    /// <param name="path">Dotted path in the file.</param>
    /// <param name="unit">The unit that the program computes in; "1" for a ratio.</param>
    /// <param name="min">Smallest value taken.</param>
    /// <param name="max">Largest value taken.</param>
    /// <exception cref="InputException">Absent, no number, in another unit, without a mark, outside the range.</exception>
    public double Number(string path, string unit, double min, double max)
    {
        _shapes.TryAdd(path, new ParameterShape(path, ParameterKind.Number, unit) { Range = (min, max) });
        JsonElement element = Marked(path);
        CheckUnit(path, element, unit);
        double value = NumberOf(path, Member(path, element, "value"), min, max);
        Note(path, element, string.Create(CultureInfo.InvariantCulture, $" = {value}{(unit is "1" ? "" : " " + unit)}"));
        return value;
    }

    /// <summary>A table whose columns carry units and which carries one mark.</summary>
    /// <param name="path">Dotted path in the file.</param>
    /// <param name="columns">Name and unit of every column, in order; unit "text" for a text.</param>
    public IReadOnlyList<JsonElement[]> Table(string path, params (string Name, string Unit)[] columns)
    {
        _shapes.TryAdd(path, new ParameterShape(path, ParameterKind.Table, null) { Columns = columns });
        JsonElement element = Marked(path);
        var found = Member(path, element, "columns").EnumerateObject().Select(c => $"{c.Name} [{c.Value}]").ToArray();
        string[] wanted = columns.Select(c => $"{c.Name} [{c.Unit}]").ToArray();
        if (!found.SequenceEqual(wanted, StringComparer.Ordinal))
            throw Wrong(path, $"columns are {string.Join(", ", found)}; expected {string.Join(", ", wanted)}");
        JsonElement rowsElement = Member(path, element, "rows");
        if (rowsElement.ValueKind != JsonValueKind.Array || rowsElement.GetArrayLength() == 0)
            throw Wrong(path, "rows must be a list of at least one row");
        var rows = new List<JsonElement[]>();
        foreach (JsonElement row in rowsElement.EnumerateArray())
        {
            if (row.ValueKind != JsonValueKind.Array || row.GetArrayLength() != columns.Length)
                throw Wrong($"{path}.rows[{rows.Count}]", $"must be a list of {columns.Length} values");
            rows.Add(row.EnumerateArray().ToArray());
        }
        Note(path, element, string.Empty);
        return rows;
    }

    /// <summary>A table that a file may leave out: null then.</summary>
    public IReadOnlyList<JsonElement[]>? TableIfGiven(string path, params (string Name, string Unit)[] columns)
    {
        _shapes.TryAdd(path, new ParameterShape(path, ParameterKind.Table, null) { Columns = columns, Optional = true });
        JsonElement element = root;
        foreach (string name in path.Split('.'))
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element)) return null;
        }
        return Table(path, columns);
    }

    public string TextOf(string path, JsonElement element) =>
        element.ValueKind == JsonValueKind.String && element.GetString() is { Length: > 0 } text ? text : throw Wrong(path, "must be a text");

    public double NumberOf(string path, JsonElement element, double min, double max)
    {
        if (element.ValueKind != JsonValueKind.Number || !element.TryGetDouble(out double value))
            throw Wrong(path, "must be a number");
        RecordColumn(path, min, max);
        if (!(value >= min && value <= max))
            throw Wrong(path, string.Create(CultureInfo.InvariantCulture, $"{value} lies outside {min} to {max}"));
        return value;
    }

    /// <summary>Refuses what nobody asked for: a slip of the pen in a name must not leave a value at its default.</summary>
    public void ThrowIfUnread() => ThrowIfUnread(root, string.Empty);

    private void ThrowIfUnread(JsonElement element, string path)
    {
        if (_shapes.TryGetValue(path, out ParameterShape? shape))
        {
            string[] members = shape.Kind switch { ParameterKind.Text => [], ParameterKind.Table => TableMembers, _ => ValueMembers };
            if (shape.Kind == ParameterKind.Text) return;
            foreach (JsonProperty member in element.EnumerateObject())
            {
                if (!members.Contains(member.Name, StringComparer.Ordinal)) throw Wrong($"{path}.{member.Name}", $"is no part of a value; a value has {string.Join(", ", members)}");
            }
            return;
        }
        foreach (JsonProperty member in element.EnumerateObject())
        {
            string below = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
            if (path.Length == 0 && HeadNotes.Contains(member.Name, StringComparer.Ordinal)) continue;
            bool known = _shapes.ContainsKey(below) || _shapes.Keys.Any(k => k.StartsWith(below + ".", StringComparison.Ordinal));
            if (!known || (!_shapes.ContainsKey(below) && member.Value.ValueKind != JsonValueKind.Object))
                throw Wrong(below, "is no parameter of a city; correct its name or take it out");
            ThrowIfUnread(member.Value, below);
        }
    }

    /// <summary>Range of a cell, kept with its column; a table of one column is read without the column's name.</summary>
    private void RecordColumn(string path, double min, double max)
    {
        int rows = path.LastIndexOf(".rows[", StringComparison.Ordinal);
        if (rows < 0 || !_shapes.TryGetValue(path[..rows], out ParameterShape? table)) return;
        string column = path[(path.LastIndexOf(']') + 1)..].TrimStart('.');
        if (column.Length == 0 && table.Columns.Count == 1) column = table.Columns[0].Name;
        if (column.Length > 0) table.ColumnRanges.TryAdd(column, (min, max));
    }

    private JsonElement Find(string path)
    {
        JsonElement element = root;
        foreach (string name in path.Split('.'))
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
                throw Wrong(path, "is missing");
        }
        return element;
    }

    private JsonElement Marked(string path)
    {
        JsonElement element = Find(path);
        if (element.ValueKind != JsonValueKind.Object) throw Wrong(path, "must be an object with unit and mark");
        if (Member(path, element, "mark").GetString() is not ("S" or "P" or "G" or "E"))
            throw Wrong(path, "mark must be \"S\" (stated by the paper), \"P\" (published), \"E\" (estimated from data of one's own) or \"G\" (own estimate)");
        return element;
    }

    private JsonElement Member(string path, JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement member) ? member : throw Wrong(path, $"{name} is missing");

    private void CheckUnit(string path, JsonElement element, string unit)
    {
        string? given = Member(path, element, "unit").GetString();
        if (!string.Equals(given, unit, StringComparison.Ordinal))
            throw Wrong(path, $"unit is \"{given}\"; give the value in \"{unit}\"");
    }

    private void Note(string path, JsonElement element, string value)
    {
        string note = element.TryGetProperty("note", out JsonElement noted) ? noted.GetString() ?? "" : "";
        // A table of published numbers may still rest on an own choice, which its note then marks.
        if (element.GetProperty("mark").GetString() is "G" || note.Contains("[G]", StringComparison.Ordinal))
            _assumptions.Add($"[G] {path}{value}{(note.Length > 0 ? ": " + note : "")}");
    }
}
