using Movc.Domain.Dispatch;

namespace Movc.RollingOptimizer.Solver;

/// <summary>
/// The calendar days over the extended time line: the P past slots of day 0 first, then the T slots of the horizon. Day d is
/// [From[d], From[d + 1]); days may differ in length.
/// </summary>
internal sealed class DayGroups
{
    public DayGroups(DispatchInstance x)
    {
        Past = x.PastLoadKw.Length;
        Slots = x.LoadKw.Length;
        From = new int[x.DayOfSlot[^1] + 2];
        for (int t = 1; t < Slots; t++)
        {
            if (x.DayOfSlot[t] != x.DayOfSlot[t - 1]) From[x.DayOfSlot[t]] = Past + t;
        }
        From[^1] = Length;
        PeakSlots = new double[Days];
        for (int d = 0; d < Days; d++) PeakSlots[d] = x.PeakWeight * (From[d + 1] - From[d]);
        PastByLoad = new int[Past];
        for (int t = 0; t < Past; t++) PastByLoad[t] = t;
        Array.Sort((double[])x.PastLoadKw.Clone(), PastByLoad);
    }

    public int Past { get; }

    public int Slots { get; }

    public int Length => Past + Slots;

    public int Days => From.Length - 1;

    public int[] From { get; }

    /// <summary>W of each day: as many slots its peak over its level is worth; 0 without a peak weight.</summary>
    public double[] PeakSlots { get; }

    /// <summary>The past slots by rising load.</summary>
    public int[] PastByLoad { get; }
}
