using Google.Protobuf.Collections;

namespace Movc.EventLog.Wire;

/// <summary>Columns of a message, and what must hold of them.</summary>
internal static class WireColumns
{
    /// <summary>Appends a column.</summary>
    public static void AddRange(this RepeatedField<int> column, ReadOnlySpan<int> values)
    {
        column.Capacity = values.Length;
        foreach (int value in values) column.Add(value);
    }

    /// <summary>A column of a length.</summary>
    /// <exception cref="InvalidDataException">It has another.</exception>
    public static int[] Ints(RepeatedField<int> column, int count)
    {
        Check(column.Count == count);
        int[] values = new int[count];
        column.CopyTo(values, 0);
        return values;
    }

    /// <summary>Rising numbers from their differences.</summary>
    /// <exception cref="InvalidDataException">They do not rise, or reach the limit.</exception>
    public static int[] Rising(RepeatedField<int> differences, int limit)
    {
        int[] values = Ints(differences, differences.Count);
        for (int k = 1; k < values.Length; k++)
        {
            Check(values[k] > 0);
            values[k] += values[k - 1];
        }
        Check(values.Length == 0 || (values[0] >= 0 && values[^1] < limit));
        return values;
    }

    /// <exception cref="InvalidDataException">It does not hold.</exception>
    public static void Check(bool holds)
    {
        if (!holds) throw new InvalidDataException("the part of the fleet does not hold together: its columns differ in length or order");
    }
}
