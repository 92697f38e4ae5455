using System.Globalization;
using System.Text;

namespace Movc.RollingOptimizer.Model;

/// <summary>Writes a CSV file cell by cell: UTF-8 without a mark, comma, dot, line feed, a header. Allocates nothing per cell.</summary>
public sealed class CsvLines : IDisposable
{
    private readonly StreamWriter _writer;
    private readonly char[] _cell = new char[32];
    private bool _started;

    /// <summary>Creates the file and writes the header.</summary>
    public CsvLines(string path, IReadOnlyList<string> columns)
    {
        _writer = new StreamWriter(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), new FileStreamOptions
        {
            Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 1 << 16,
        });
        foreach (string column in columns) Text(column);
        EndLine();
    }

    public void Dispose() => _writer.Dispose();

    public void EndLine()
    {
        _writer.Write('\n');
        _started = false;
    }

    /// <summary>A text, quoted where it must be.</summary>
    public void Text(string text)
    {
        Comma();
        if (text.AsSpan().IndexOfAny(",\"\n\r") < 0 && text.AsSpan().Trim().Length == text.Length) _writer.Write(text);
        else
        {
            _writer.Write('"');
            _writer.Write(text.Replace("\"", "\"\"", StringComparison.Ordinal));
            _writer.Write('"');
        }
    }

    public void Whole(int value)
    {
        Comma();
        value.TryFormat(_cell, out int length, default, CultureInfo.InvariantCulture);
        _writer.Write(_cell, 0, length);
    }

    /// <summary>The shortest text that reads back to the same number.</summary>
    public void Number(double value)
    {
        Comma();
        value.TryFormat(_cell, out int length, "R", CultureInfo.InvariantCulture);
        _writer.Write(_cell, 0, length);
    }

    /// <summary>Wh as kWh or W as kW.</summary>
    public void Milli(int value)
    {
        Comma();
        (value / 1000).TryFormat(_cell, out int length, default, CultureInfo.InvariantCulture);
        int rest = Math.Abs(value % 1000);
        if (rest > 0)
        {
            _cell[length++] = '.';
            for (int digit = 100; rest > 0; digit /= 10)
            {
                _cell[length++] = (char)('0' + rest / digit);
                rest %= digit;
            }
        }
        _writer.Write(_cell, 0, length);
    }

    private void Comma()
    {
        if (_started) _writer.Write(',');
        _started = true;
    }
}
