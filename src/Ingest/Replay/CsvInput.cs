using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Movc.Domain;

namespace Movc.Ingest.Replay;

/// <summary>
/// A delimited text file read strictly: UTF-8, a header, one record a line, every record as wide as the header. Whatever is wrong
/// becomes an <see cref="InputException"/> "path:line:column: what; remedy", where the column goes by its name.
/// </summary>
internal sealed class CsvInput : IDisposable
{
    private const int LongestQuote = 40;

    private readonly byte[] _bytes;
    private readonly List<int> _lineStarts = [];
    private readonly CsvParser _parser;
    private readonly string[] _header = [];
    private string[] _fields = new string[16];
    private int _count;

    public CsvInput(string path, string delimiter, string whatItIs)
    {
        Path = path;
        _bytes = ReadAll(path, whatItIs);
        int start = _bytes.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;
        for (int i = start; i >= 0 && i <= _bytes.Length;)
        {
            _lineStarts.Add(i);
            int next = _bytes.AsSpan(i).IndexOf((byte)'\n');
            if (next < 0) break;
            i += next + 1;
        }

        string text = Decode(start);
        if (string.IsNullOrWhiteSpace(text))
            throw new InputException($"{path}:1:1: the file is empty; give a file of {whatItIs}");
        RefuseLoneCarriageReturns(path, text);
        _parser = new CsvParser(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = delimiter,
            LineBreakInQuotedFieldIsBadData = true,
        });
        if (Advance()) _header = _fields[.._count];
    }

    public string Path { get; }

    public IReadOnlyList<string> Header => _header;

    /// <summary>Line of the present record, or of the last one when there is no more; from 1.</summary>
    public int Line { get; private set; }

    /// <summary>Field of the present record.</summary>
    public string this[int column] => _fields[column];

    /// <summary>Moves to the next record.</summary>
    public bool Read()
    {
        if (!Advance()) return false;
        if (_count < _header.Length)
            throw new InputException($"{Path}:{Line}:{_header[_count]}: the row ends before this column ({_count} of {_header.Length} fields); complete or remove the row");
        if (_count > _header.Length)
            throw new InputException($"{Path}:{Line}:{_header.Length + 1}: the row has {_count} fields where the header has {_header.Length}; remove the field or quote the value that holds a delimiter");
        return true;
    }

    /// <summary>Index of a column by its exact name.</summary>
    public int Column(string name, string whatItIs)
    {
        int index = Array.IndexOf(_header, name);
        if (index < 0)
            throw new InputException($"{Path}:1:{name}: this column is missing (the header has {Quote(string.Join(", ", _header), 200)}); give {whatItIs} with the column names of the data set");
        if (Array.IndexOf(_header, name, index + 1) >= 0)
            throw new InputException($"{Path}:1:{name}: this column stands twice in the header; remove or rename one");
        return index;
    }

    /// <summary>A complaint about a field of the present record.</summary>
    public InputException Wrong(int column, string rule, string remedy) =>
        new($"{Path}:{Line}:{_header[column]}: \"{Quote(_fields[column], LongestQuote)}\" {rule}; {remedy}");

    /// <summary>The bytes of a line as they are on disk, without its line end.</summary>
    public ReadOnlyMemory<byte> RawLine(int line)
    {
        int from = _lineStarts[line - 1];
        int to = line < _lineStarts.Count ? _lineStarts[line] - 1 : _bytes.Length;
        if (to > from && _bytes[to - 1] == '\r') to--;
        return _bytes.AsMemory(from, to - from);
    }

    public void Dispose() => _parser.Dispose();

    private static byte[] ReadAll(string path, string whatItIs)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException($"{path}: there is no such file; give the path of a file of {whatItIs}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            string why = Directory.Exists(path) ? "it is a folder" : e.Message;
            throw new InputException($"{path}: cannot be read ({Quote(why, 200)}); give the path of a readable file of {whatItIs}", e);
        }
    }

    /// <summary>One line, no control characters, not longer than a message can bear.</summary>
    private static string Quote(string text, int longest)
    {
        string line = string.Create(text.Length, text, static (to, from) =>
        {
            for (int i = 0; i < to.Length; i++) to[i] = char.IsControl(from[i]) ? ' ' : from[i];
        });
        return line.Length <= longest ? line : string.Concat(line.AsSpan(0, longest), "…");
    }

    /// <summary>The parser takes a lone CR for a line end; line numbers would then disagree with every editor's.</summary>
    private static void RefuseLoneCarriageReturns(string path, string text)
    {
        int line = 1;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n') line++;
            else if (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n'))
                throw new InputException($"{path}:{line}:1: a line ends in a lone carriage return; save the file with LF or CRLF line ends");
        }
    }

    private string Decode(int start)
    {
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(_bytes.AsSpan(start));
        }
        catch (DecoderFallbackException e)
        {
            int at = start + Math.Max(0, e.Index);
            int line = _lineStarts.FindLastIndex(s => s <= at) + 1;
            throw new InputException($"{Path}:{line}:{at - _lineStarts[line - 1] + 1}: byte 0x{_bytes[at]:X2} is not UTF-8; save the file as UTF-8", e);
        }
    }

    private bool Advance()
    {
        int column = 0;
        try
        {
            if (!_parser.Read()) return false;
            _count = _parser.Count;
            if (_count > _fields.Length) Array.Resize(ref _fields, _count);
            // The parser judges a field's quotation marks only when the field is asked for.
            for (; column < _count; column++) _fields[column] = _parser[column];
            Line = _parser.RawRow;
            return true;
        }
        catch (CsvHelperException e)
        {
            // The parser has counted on to the line where the quotation ends; the fault lies where the record begins.
            int line = Line + 1;
            while (line < _lineStarts.Count && RawLine(line).IsEmpty) line++;
            string name = column < _header.Length ? _header[column] : (column + 1).ToString(CultureInfo.InvariantCulture);
            throw new InputException($"{Path}:{line}:{name}: a quotation mark stands inside a value or does not close on its line; double it or remove it", e);
        }
    }
}
