namespace Movc.RollingOptimizer.Solver;

/// <summary>Slots in falling order of a key. It starts from its last answer, which is nearly right when one vehicle has moved since.</summary>
internal sealed class SlotOrder
{
    private readonly int[] _order;
    private readonly double[] _sorted;
    private bool _any;

    public SlotOrder(int slots)
    {
        _order = new int[slots];
        _sorted = new double[slots];
        for (int t = 0; t < slots; t++) _order[t] = t;
    }

    /// <summary>The slots, the largest key first, equal ones by slot. Good until the next call.</summary>
    public ReadOnlySpan<int> Falling(ReadOnlySpan<double> key)
    {
        int[] order = _order;
        double[] sorted = _sorted;
        if (!_any) Afresh(key);
        _any = true;
        for (int i = 0; i < order.Length; i++) sorted[i] = key[order[i]];
        // Many moves mean that the last answer is no help.
        int budget = 8 * order.Length;
        for (int i = 1; i < order.Length; i++)
        {
            double value = sorted[i], before = sorted[i - 1];
            if (before > value) continue;
            int slot = order[i], j = i - 1;
            if (before == value && order[j] < slot) continue;
            while (j >= 0 && (sorted[j] < value || (sorted[j] == value && order[j] > slot)))
            {
                sorted[j + 1] = sorted[j];
                order[j + 1] = order[j];
                j--;
            }
            sorted[j + 1] = value;
            order[j + 1] = slot;
            budget -= i - 1 - j;
            if (budget < 0)
            {
                Afresh(key);
                for (int k = 0; k < order.Length; k++) sorted[k] = key[order[k]];
                budget = int.MaxValue;
                i = 0;
            }
        }
        return order;
    }

    private void Afresh(ReadOnlySpan<double> key)
    {
        for (int i = 0; i < _order.Length; i++) _sorted[i] = -key[_order[i]];
        Array.Sort(_sorted, _order);
    }
}
