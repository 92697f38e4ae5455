namespace Movc.RollingOptimizer.Forecast;

/// <summary>What was foretold at the anchor leads, how far it missed, and the bands that follow from that. Rings of fixed size.</summary>
internal sealed class LeadErrors
{
    private readonly LeadAnchors _anchors;
    private readonly double[][] _issued;
    private readonly double[][] _errors;
    private readonly ErrorBand[] _bands;

    /// <param name="kept">How many of the newest errors are kept a lead.</param>
    public LeadErrors(LeadAnchors anchors, int kept)
    {
        _anchors = anchors;
        _issued = [.. anchors.Leads.Select(lead => new double[lead])];
        _errors = [.. anchors.Leads.Select(_ => new double[kept])];
        _bands = [.. anchors.Leads.Select(_ => new ErrorBand(anchors.SlotsPerDay))];
    }

    /// <summary>Holds a new observation against what was foretold for it, at every lead.</summary>
    public void Score(SeriesHistory history)
    {
        long slot = history.Last;
        int hour = HourOf(history.SlotOfWeek(slot));
        for (int a = 0; a < _anchors.Count; a++)
        {
            int lead = _anchors.Leads[a];
            double[] errors = _errors[a];
            double error = 0;
            if (history.WasObserved(slot) && history.WasObserved(slot - lead))
            {
                error = history.Now - _issued[a][slot % lead];
                _bands[a].Learn(hour, error);
            }
            errors[slot % errors.Length] = error;
        }
    }

    /// <summary>Keeps the forecast that the newest slot gives at an anchor; it is scored once it is due.</summary>
    public void Issue(int anchor, long slot, double value) => _issued[anchor][slot % _anchors.Leads[anchor]] = value;

    /// <summary>Error of the forecast for a slot at a lead; 0 where there was none.</summary>
    public double At(int below, double share, long slot, long last)
    {
        if (slot < 0 || slot > last || slot <= last - _errors[0].Length) return 0;
        double error = _errors[below][slot % _errors[below].Length];
        return share > 0 ? error + (share * (_errors[below + 1][slot % _errors[below + 1].Length] - error)) : error;
    }

    /// <summary>The band around a forecast; as wide as what was seen of the series while too few errors are known.</summary>
    public (double Low, double High) Band(int lead, double mean, int slotOfWeek, (double Min, double Max) seen)
    {
        (int a, double share) = _anchors.Around(lead);
        int next = share > 0 ? a + 1 : a;
        if (!_bands[next].IsKnown || !_bands[a].IsKnown) return (Math.Min(mean, seen.Min), Math.Max(mean, seen.Max));
        int hour = HourOf(slotOfWeek);
        (double below, double above) = _bands[a].Of(hour);
        if (share > 0)
        {
            (double below2, double above2) = _bands[next].Of(hour);
            below += share * (below2 - below);
            above += share * (above2 - above);
        }
        return (mean - below, mean + above);
    }

    private int HourOf(int slotOfWeek) => slotOfWeek % _anchors.SlotsPerDay * 24 / _anchors.SlotsPerDay;
}
