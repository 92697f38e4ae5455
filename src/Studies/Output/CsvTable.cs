using System.Globalization;
using System.Text;

namespace Movc.Studies.Output;

/// <summary>A CSV file being written: comma, dot, LF, UTF-8, RFC 4180 quotes where needed.</summary>
internal sealed class CsvTable
{
    private readonly StringBuilder _text = new();
    private readonly int _columns;

    public CsvTable(params IReadOnlyList<string> columns)
    {
        _columns = columns.Count;
        Row([.. columns]);
    }

    /// <summary>Adds a row of texts and numbers; null is an empty field.</summary>
    public void Row(params ReadOnlySpan<object?> fields)
    {
        if (fields.Length != _columns) throw new ArgumentException($"{fields.Length} fields in a table of {_columns}", nameof(fields));
        for (int i = 0; i < fields.Length; i++)
        {
            if (i > 0) _text.Append(',');
            _text.Append(fields[i] switch
            {
                null => string.Empty,
                double.NaN => string.Empty,
                double number => number.ToString("0.######", CultureInfo.InvariantCulture),
                string text => Quoted(text),
                IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
                var other => Quoted(other.ToString()!),
            });
        }
        _text.Append('\n');
    }

    public override string ToString() => _text.ToString();

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
