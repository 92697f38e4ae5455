namespace Movc.RollingOptimizer.Forecast;

/// <summary>
/// The leads that are learned and scored; what lies between two is interpolated. Dense where weights change fast: in the first slots,
/// and around every whole day, before which "the same hour the day before" comes close to now. A day ends with an anchor and the next
/// begins with one: there it becomes "two days before", and nothing is interpolated across that.
/// </summary>
internal sealed class LeadAnchors
{
    private readonly int[] _below;
    private readonly double[] _share;

    public LeadAnchors(int slotsPerDay, int horizon)
    {
        (SlotsPerDay, Horizon) = (slotsPerDay, horizon);
        var leads = new SortedSet<int> { horizon };
        for (int dayStart = 0; dayStart < horizon; dayStart += slotsPerDay)
        {
            for (int away = 1; away <= slotsPerDay; away = Math.Max(away + 1, away * 4 / 3))
            {
                if (away <= (slotsPerDay + 1) / 2) leads.Add(dayStart + away);
                if (away <= slotsPerDay / 2) leads.Add(dayStart + slotsPerDay + 1 - away);
            }
        }
        Leads = [.. leads.Where(lead => lead <= horizon)];
        (_below, _share) = (new int[horizon + 1], new double[horizon + 1]);
        for (int lead = 1, a = 0; lead <= horizon; lead++)
        {
            if (a + 1 < Leads.Length && Leads[a + 1] <= lead) a++;
            _below[lead] = a;
            if (Leads[a] < lead) _share[lead] = (lead - Leads[a]) / (double)(Leads[a + 1] - Leads[a]);
        }
    }

    /// <summary>Slots ahead of the last observed one, from 1, rising.</summary>
    public int[] Leads { get; }

    public int Count => Leads.Length;

    public int SlotsPerDay { get; }

    /// <summary>Farthest lead that is learned.</summary>
    public int Horizon { get; }

    /// <summary>The anchor at or before a lead, and the share of the next one in what is interpolated, 0 up to 1.</summary>
    public (int Below, double Share) Around(int lead) => (_below[lead], _share[lead]);

    /// <summary>A lead beyond the horizon stands for the same hour of the last day within it.</summary>
    public int Fold(long lead) => lead <= Horizon ? (int)lead : (int)(lead - ((lead - Horizon + SlotsPerDay - 1) / SlotsPerDay * SlotsPerDay));
}
