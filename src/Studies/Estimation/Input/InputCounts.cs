namespace Movc.Studies.Estimation.Input;

/// <summary>What became of the records of an estimation's files.</summary>
public sealed class InputCounts
{
    private const int ExamplesAtMost = 3;
    private readonly long[] _faults = new long[Enum.GetValues<RecordFault>().Length];
    private readonly List<string>[] _examples = [.. Enum.GetValues<RecordFault>().Select(_ => new List<string>())];

    public int Files { get; set; }

    /// <summary>Records read, good and bad.</summary>
    public long Records { get; set; }

    /// <summary>Records that came after one of a later time of the same user: put in order, not left out.</summary>
    public long OutOfOrder { get; set; }

    /// <summary>Columns that the files have and that nothing was made of.</summary>
    public SortedSet<string> ColumnsNotUsed { get; } = new(StringComparer.Ordinal);

    /// <summary>Records left out, by reason.</summary>
    public IEnumerable<(RecordFault Fault, long Count, IReadOnlyList<string> Examples)> Faults =>
        Enum.GetValues<RecordFault>().Select(f => (f, _faults[(int)f], (IReadOnlyList<string>)_examples[(int)f])).Where(f => f.Item2 > 0);

    public long this[RecordFault fault] => _faults[(int)fault];

    /// <summary>Records left out.</summary>
    public long LeftOut => _faults.Sum();

    /// <summary>Counts a record that is left out.</summary>
    /// <param name="fault">Why.</param>
    /// <param name="where">File and line, told of the first few.</param>
    public void Add(RecordFault fault, Func<string> where)
    {
        _faults[(int)fault]++;
        if (_examples[(int)fault].Count < ExamplesAtMost) _examples[(int)fault].Add(where());
    }

    public void Add(RecordFault fault, long count) => _faults[(int)fault] += count;
}
