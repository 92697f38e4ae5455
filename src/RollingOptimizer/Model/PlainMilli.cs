namespace Movc.RollingOptimizer.Model;

/// <summary>Reads digits with at most three after the point, as nearly every cell is, in thousandths and without floating point.</summary>
internal static class PlainMilli
{
    public static bool TryRead(ReadOnlySpan<byte> cell, out int milli)
    {
        milli = 0;
        if (cell.Length is 0 or > 9) return false;
        int value = 0, decimals = -1;
        foreach (byte b in cell)
        {
            if (b == '.' && decimals < 0) decimals = 0;
            else if (b is >= (byte)'0' and <= (byte)'9')
            {
                value = value * 10 + (b - '0');
                if (decimals >= 0) decimals++;
            }
            else return false;
        }
        if (decimals is 0 or > 3 || (cell[0] == '.')) return false;
        int scale = Math.Max(decimals, 0) switch { 0 => 1000, 1 => 100, 2 => 10, _ => 1 };
        if (value > int.MaxValue / scale) return false;
        milli = value * scale;
        return true;
    }
}
