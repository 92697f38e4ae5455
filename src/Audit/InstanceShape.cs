using System.Globalization;
using Movc.Domain.Dispatch;

namespace Movc.Audit;

/// <summary>What an instance promises about its columns; without it nothing can be replayed, and the fault is its builder's.</summary>
internal static class InstanceShape
{
    /// <exception cref="ArgumentException">A column has the wrong length, stays overlap, or days do not rise by one from 0.</exception>
    public static void ThrowIfBroken(DispatchInstance x)
    {
        int vehicles = x.VehicleCount, slots = x.SlotCount, stays = x.StartSlot.Length;
        if (!(x.InitialWh.Length == vehicles && x.FinalMinWh.Length == vehicles && x.StayOffset.Length == vehicles + 1)) throw Broken(x, $"a vehicle column has the wrong length");
        if (!(x.EndSlot.Length == stays && x.MaxChargeW.Length == stays && x.MaxDischargeW.Length == stays
            && x.NeededAtDepartureWh.Length == stays && x.TripWhAfter.Length == stays)) throw Broken(x, $"a stay column has the wrong length");
        if (!(x.BaselineEvKw.Length == slots && x.DayOfSlot.Length == slots)) throw Broken(x, $"a slot column has the wrong length");
        if (!(x.StayOffset[0] == 0 && x.StayOffset[vehicles] == stays)) throw Broken(x, $"the stay offsets do not cover the stays");
        if (!(x.SlotHours > 0 && x.Efficiency is > 0 and <= 1 && x.Lambda >= 0)) throw Broken(x, $"slot length, efficiency or lambda is out of range");
        if (!(x.PeakWeight is >= 0 and < 1)) throw Broken(x, $"the peak weight is not 0 or more and under 1");
        for (int t = 0; t < slots; t++)
        {
            int rise = x.DayOfSlot[t] - (t == 0 ? 0 : x.DayOfSlot[t - 1]);
            if (!(rise == 0 || (rise == 1 && t > 0))) throw Broken(x, $"the day of slot {t} does not start at 0 or rise by one");
        }
        for (int i = 0; i < vehicles; i++)
        {
            int free = 0;
            if (!(x.StayOffset[i] <= x.StayOffset[i + 1])) throw Broken(x, $"the stay offsets fall at vehicle {i}");
            for (int s = x.StayOffset[i]; s < x.StayOffset[i + 1]; s++)
            {
                if (!(x.StartSlot[s] >= free && x.EndSlot[s] >= x.StartSlot[s] && x.EndSlot[s] <= slots)) throw Broken(x, $"stay {s} of vehicle {i} overlaps another or leaves the horizon");
                if (!(x.MaxChargeW[s] >= 0 && x.MaxDischargeW[s] >= 0 && x.TripWhAfter[s] >= 0)) throw Broken(x, $"stay {s} of vehicle {i} has a negative power or trip");
                free = x.EndSlot[s];
            }
        }
    }

    private static ArgumentException Broken(DispatchInstance instance, FormattableString rule) =>
        new("the dispatch instance is not usable: " + rule.ToString(CultureInfo.InvariantCulture), nameof(instance));
}
