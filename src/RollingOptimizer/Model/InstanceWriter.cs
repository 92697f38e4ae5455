using System.Globalization;
using Movc.Domain.Dispatch;

namespace Movc.RollingOptimizer.Model;

/// <summary>Writes an instance folder: shortest text that reads back to the same numbers, so that the bytes depend on the instance alone.</summary>
internal static class InstanceWriter
{
    public static void Write(DispatchInstance x, string folder)
    {
        (int slotsPerDay, int firstSlotOfDay) = Days(x);
        double minutes = Math.Round(x.SlotHours * 60, 9);
        if (minutes / 60 != x.SlotHours) minutes = x.SlotHours * 60;
        File.WriteAllText(Path.Combine(folder, InstanceSettings.FileName), string.Create(
            CultureInfo.InvariantCulture,
            $"{{\n  \"slotMinutes\": {minutes:R},\n  \"slotsPerDay\": {slotsPerDay},\n  \"firstSlotOfDay\": {firstSlotOfDay},\n  \"efficiency\": {x.Efficiency:R},\n  \"lambda\": {x.Lambda:R}{(x.PeakWeight == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $",\n  \"peakWeight\": {x.PeakWeight:R}"))}\n}}\n"));
        using (CsvLines vehicles = new(Path.Combine(folder, InstanceFolder.Vehicles), InstanceFolder.VehicleColumns))
        {
            for (int i = 0; i < x.VehicleCount; i++)
            {
                vehicles.Text(Id(x, i));
                vehicles.Milli(x.CapacityWh[i]);
                vehicles.Milli(x.InitialWh[i]);
                vehicles.Milli(x.FinalMinWh[i]);
                vehicles.EndLine();
            }
        }
        using (CsvLines stays = new(Path.Combine(folder, InstanceFolder.Stays), InstanceFolder.StayColumns))
        {
            for (int i = 0; i < x.VehicleCount; i++) Stays(x, i, stays);
        }
        using (CsvLines load = new(Path.Combine(folder, InstanceFolder.Load), InstanceFolder.LoadColumns))
        {
            for (int t = 0; t < x.SlotCount; t++)
            {
                load.Whole(t);
                load.Number(x.LoadKw[t]);
                load.Number(x.BaselineEvKw[t]);
                load.EndLine();
            }
        }
        if (x.PastLoadKw.Length == 0) return;
        using CsvLines past = new(Path.Combine(folder, InstanceFolder.PastLoad), InstanceFolder.PastColumns);
        for (int k = 0; k < x.PastLoadKw.Length; k++)
        {
            past.Whole(k - x.PastLoadKw.Length);
            past.Number(x.PastLoadKw[k]);
            past.EndLine();
        }
    }

    public static string Id(DispatchInstance x, int vehicle) => x.VehicleIds is null ? vehicle.ToString(CultureInfo.InvariantCulture) : x.VehicleIds[vehicle];

    private static void Stays(DispatchInstance x, int i, CsvLines stays)
    {
        string id = Id(x, i);
        for (int s = x.StayOffset[i]; s < x.StayOffset[i + 1]; s++)
        {
            stays.Text(id);
            stays.Whole(x.StartSlot[s]);
            stays.Whole(x.EndSlot[s]);
            stays.Milli(x.MaxChargeW[s]);
            stays.Milli(x.MaxDischargeW[s]);
            bool cut = x.EndSlot[s] == x.SlotCount && x.NeededAtDepartureWh[s] == 0 && x.TripWhAfter[s] == 0;
            if (cut)
            {
                stays.Text(string.Empty);
                stays.Text(string.Empty);
            }
            else
            {
                stays.Milli(x.NeededAtDepartureWh[s]);
                stays.Milli(x.TripWhAfter[s]);
            }
            stays.EndLine();
        }
    }

    /// <summary>A slotsPerDay and a firstSlotOfDay that give the instance's days; where one day holds all, the first is where its past ends.</summary>
    private static (int SlotsPerDay, int FirstSlotOfDay) Days(DispatchInstance x)
    {
        int past = x.PastLoadKw.Length, days = x.SlotCount == 0 ? 1 : x.DayOfSlot[^1] + 1;
        var length = new int[days];
        foreach (int day in x.DayOfSlot) length[day]++;
        int natural = (int)Math.Round(24 / x.SlotHours);
        if (days == 1)
        {
            int all = past + length[0];
            return (Math.Max(all, natural), past);
        }
        int perDay = days > 2 ? length[1] : Math.Max(natural, Math.Max(past + length[0], length[1]));
        int first = perDay - length[0];
        for (int t = 0; t < x.SlotCount; t++)
        {
            if (first < past || (t + first) / perDay != x.DayOfSlot[t])
                throw new ArgumentException("the days of the instance differ in length, which an instance folder cannot tell", nameof(x));
        }
        return (perDay, first);
    }
}
