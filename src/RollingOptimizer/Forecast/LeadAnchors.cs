namespace Movc.RollingOptimizer.Forecast;

/// <summary>
/// The leads that are learned and scored; what lies between two is interpolated. Dense where forecasts change fast, in the first
/// slots. Every whole day ends with an anchor and the next begins with one: there "the same hour the day before" becomes "two days
/// before", and nothing is interpolated across that.
/// </summary>
internal sealed class LeadAnchors
{
    private readonly int[] _below;
    private readonly double[] _share;

    public LeadAnchors(int slotsPerDay, int horizon)
    {
        (SlotsPerDay, Horizon) = (slotsPerDay, horizon);
        var leads = new List<int>();
        for (int dayStart = 0; dayStart < horizon; dayStart += slotsPerDay)
        {
            int length = Math.Min(slotsPerDay, horizon - dayStart);
            if (dayStart == 0)
                for (int lead = 1; lead < length; lead = Math.Max(lead + 1, (lead * 4 + 2) / 3)) leads.Add(lead);
            else
                for (int q = 0; q < 4; q++) leads.Add(dayStart + Math.Max(1, length * q / 4));
            leads.Add(dayStart + length);
        }
        Leads = [.. leads.Distinct()];
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
