using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Movc.Domain;

namespace Movc.RollingOptimizer.Model;

/// <summary>
/// A CSV file with a known header (UTF-8, comma, dot, quotes where a cell needs them), read row by row without keeping rows: a city
/// has millions of stays. Blank lines are passed over, spaces around a cell are not part of it. Complaints name file, line and column.
/// </summary>
public sealed class CsvRows : IDisposable
{
    private const int MaxRowBytes = 1 << 24;
    private readonly string _path;
    private string[] _columns;
    private int[] _position;
    private readonly FileStream _stream;
    private byte[] _buffer = new byte[1 << 18];
    private int _from;
    private int _filled;
    private bool _ended;
    private int _newLines;
    private int[] _start = new int[16];
    private int[] _length = new int[16];
    private int _cells;
    private int _headerCells;

    private CsvRows(string path, string[] columns)
    {
        (_path, _columns, _position) = (path, columns, new int[columns.Length]);
        _stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
    }

    /// <summary>Line of the present row, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>Opens a file whose header holds exactly these columns, in any order. Cells are asked for by place in this list.</summary>
    /// <exception cref="InputException">No file, or another header.</exception>
    public static CsvRows Open(string path, params string[] columns)
    {
        if (!File.Exists(path)) throw new InputException($"{path}: no such file; it has the columns {string.Join(",", columns)}");
        var rows = new CsvRows(path, columns);
        try
        {
            rows.ReadHeader();
            return rows;
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file of which some columns are wanted, whatever else it has.</summary>
    /// <param name="path">The file.</param>
    /// <param name="choose">Names the wanted columns of a header, each as it stands there; cells are asked for by place in that list.</param>
    /// <exception cref="InputException">No file, no header, or a column that is wanted stands twice.</exception>
    public static CsvRows OpenSome(string path, Func<IReadOnlyList<string>, string[]> choose)
    {
        if (!File.Exists(path)) throw new InputException($"{path}: no such file");
        var rows = new CsvRows(path, []);
        try
        {
            string[] header = rows.ReadNames();
            rows._columns = choose(header);
            rows._position = [.. rows._columns.Select(c => rows.PlaceOf(header, c))];
            return rows;
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }

    /// <summary>Whether the present row has as many cells as the header; cells of one that has not must not be asked for.</summary>
    public bool IsWhole => _cells == _headerCells;

    public void Dispose() => _stream.Dispose();

    /// <summary>Goes to the next row, whole or not; false at the end.</summary>
    public bool NextOfAny() => ReadRow();

    /// <summary>Goes to the next row; false at the end.</summary>
    /// <exception cref="InputException">The row has not as many cells as the header.</exception>
    public bool Next()
    {
        if (!ReadRow()) return false;
        if (_cells != _headerCells)
            throw new InputException($"{_path}:{Line}:{Math.Min(_cells, _headerCells) + 1}: {_cells} cells where the header has {_headerCells}; give as many");
        return true;
    }

    /// <summary>The bytes of a cell, valid until the next row.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => Cell(_position[column]);

    public string Text(int column) => Encoding.UTF8.GetString(Bytes(column));

    public bool IsEmpty(int column) => _length[_position[column]] == 0;

    /// <exception cref="InputException">The cell is no whole number.</exception>
    public int Whole(int column)
    {
        ReadOnlySpan<byte> cell = Bytes(column);
        return Utf8Parser.TryParse(cell, out int value, out int used) && used == cell.Length
            ? value
            : throw Wrong(column, $"\"{Text(column)}\" is not a whole number", "correct it");
    }

    /// <exception cref="InputException">The cell is no finite number.</exception>
    public double Number(int column)
    {
        ReadOnlySpan<byte> cell = Bytes(column);
        return Utf8Parser.TryParse(cell, out double value, out int used) && used == cell.Length && double.IsFinite(value)
            ? value
            : throw Wrong(column, $"\"{Text(column)}\" is not a number", "write it with a decimal point");
    }

    /// <summary>A figure in k-units, not negative, to the nearest thousandth: kWh to Wh, kW to W.</summary>
    public int Milli(int column)
    {
        if (PlainMilli.TryRead(Bytes(column), out int plain)) return plain;
        double milli = Math.Round(1000 * Number(column), MidpointRounding.AwayFromZero);
        if (milli is < 0 or > int.MaxValue) throw Wrong(column, $"{Text(column)} is negative or too large", "give it in kWh or kW, from 0");
        return (int)milli;
    }

    /// <summary>A complaint about a cell of the present row: "file:line:column: name: what; remedy".</summary>
    public InputException Wrong(int column, string what, string remedy) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{_path}:{Line}:{_position[column] + 1}: {_columns[column]}: {what}; {remedy}"));

    private void ReadHeader()
    {
        string[] header = ReadNames();
        for (int c = 0; c < header.Length; c++)
        {
            int known = Array.IndexOf(_columns, header[c]);
            if (known < 0) throw new InputException($"{_path}:{Line}:{c + 1}: unknown column {header[c]}; known are {string.Join(",", _columns)}");
            if (Array.IndexOf(header, header[c]) != c) throw new InputException($"{_path}:{Line}:{c + 1}: column {header[c]} stands twice; remove one");
            _position[known] = c;
        }
        foreach (string column in _columns)
        {
            if (Array.IndexOf(header, column) < 0) throw new InputException($"{_path}:{Line}:{header.Length + 1}: column {column} is missing; the first line is {string.Join(",", _columns)}");
        }
    }

    private string[] ReadNames()
    {
        if (!ReadRow()) throw new InputException($"{_path}:1:1: empty; the first line {(_columns.Length > 0 ? $"is {string.Join(",", _columns)}" : "names the columns")}");
        _headerCells = _cells;
        var header = new string[_cells];
        for (int c = 0; c < _cells; c++) header[c] = Encoding.UTF8.GetString(Cell(c));
        return header;
    }

    private int PlaceOf(string[] header, string column)
    {
        int at = Array.IndexOf(header, column);
        if (at < 0) throw new InputException($"{_path}:{Line}:1: column {column} is missing; the header has {string.Join(",", header)}");
        if (Array.IndexOf(header, column, at + 1) >= 0) throw new InputException($"{_path}:{Line}:{at + 1}: column {column} stands twice; remove one");
        return at;
    }

    private ReadOnlySpan<byte> Cell(int position) => _buffer.AsSpan(_start[position], _length[position]);

    private bool ReadRow()
    {
        while (true)
        {
            Line += _newLines;
            if (Line == 0) Line = 1;
            int length = FindRow();
            if (length < 0) return false;
            Split(_from, length);
            _from += length;
            if (_cells > 1 || _length[0] > 0) return true;
        }
    }

    /// <summary>Length of the next row with its line end, in the buffer; −1 at the end.</summary>
    private int FindRow()
    {
        bool quoted = false;
        int at = _from;
        _newLines = 0;
        while (true)
        {
            for (; at < _filled; at++)
            {
                byte b = _buffer[at];
                if (b == '"') quoted = !quoted;
                if (b != '\n') continue;
                _newLines++;
                if (!quoted) return at + 1 - _from;
            }
            if (_ended)
            {
                if (quoted) throw new InputException($"{_path}:{Line}:1: a quote is opened and not closed; close it");
                return at == _from ? -1 : at - _from;
            }
            at -= _from;
            Fill();
        }
    }

    private void Fill()
    {
        int kept = _filled - _from;
        if (kept > MaxRowBytes) throw new InputException($"{_path}:{Line}:1: the row is longer than {MaxRowBytes} bytes; look for an open quote");
        if (kept > _buffer.Length / 2)
        {
            byte[] larger = new byte[_buffer.Length * 2];
            Array.Copy(_buffer, _from, larger, 0, kept);
            _buffer = larger;
        }
        else
        {
            Array.Copy(_buffer, _from, _buffer, 0, kept);
        }
        bool first = _stream.Position == 0;
        (_from, _filled) = (0, kept);
        int read = _stream.Read(_buffer, kept, _buffer.Length - kept);
        if (read == 0) _ended = true;
        _filled += read;
        // A byte order mark is no part of the first column's name.
        if (first && _filled >= 3 && _buffer[0] == 0xEF && _buffer[1] == 0xBB && _buffer[2] == 0xBF)
        {
            _filled -= 3;
            Array.Copy(_buffer, 3, _buffer, 0, _filled);
        }
    }

    private void Split(int from, int length)
    {
        int end = from + length;
        while (end > from && _buffer[end - 1] is (byte)'\n' or (byte)'\r') end--;
        _cells = 0;
        int at = from;
        while (true)
        {
            while (at < end && _buffer[at] is (byte)' ' or (byte)'\t') at++;
            int start = at, stop;
            if (at < end && _buffer[at] == '"') at = Unquote(ref start, at, end, out stop);
            else
            {
                int comma = _buffer.AsSpan(at, end - at).IndexOf((byte)',');
                stop = at = comma < 0 ? end : at + comma;
                while (stop > start && _buffer[stop - 1] is (byte)' ' or (byte)'\t') stop--;
            }
            if (_cells == _start.Length)
            {
                Array.Resize(ref _start, 2 * _cells);
                Array.Resize(ref _length, 2 * _cells);
            }
            (_start[_cells], _length[_cells]) = (start, stop - start);
            _cells++;
            if (at >= end) return;
            // A comma at the end of the line leaves one more cell, empty.
            at++;
        }
    }

    /// <summary>Takes the quotes off in place; gives where the cell's comma or the end stands.</summary>
    private int Unquote(ref int start, int at, int end, out int stop)
    {
        int write = start = at + 1;
        for (at++; at < end; at++)
        {
            if (_buffer[at] == '"')
            {
                if (at + 1 < end && _buffer[at + 1] == '"') at++;
                else break;
            }
            _buffer[write++] = _buffer[at];
        }
        stop = write;
        at++;
        while (at < end && _buffer[at] is (byte)' ' or (byte)'\t') at++;
        if (at < end && _buffer[at] != ',') throw new InputException($"{_path}:{Line}:{_cells + 1}: text after a closing quote; double the quote inside a quoted cell");
        return Math.Min(at, end);
    }
}
