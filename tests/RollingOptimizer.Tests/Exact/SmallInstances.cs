using Movc.Domain.Dispatch;
using Movc.VehicleKernel.Bundles;

namespace Movc.RollingOptimizer.Exact.Tests;

/// <summary>Random small problems with everything the model knows: part-days, a past, limits per stay, needs, trips, other efficiencies.</summary>
internal static class SmallInstances
{
    public static DispatchInstance Draw(ulong seed)
    {
        var random = new SplitMix64(seed);
        int vehicles = 1 + random.NextInt(12), slots = 8 + random.NextInt(40), perDay = 6 + random.NextInt(20);
        int first = random.NextInt(perDay);
        int[] capacity = new int[vehicles], initial = new int[vehicles], final = new int[vehicles], offset = new int[vehicles + 1];
        List<int> start = [], end = [], charge = [], discharge = [], need = [], trip = [];
        for (int i = 0; i < vehicles; i++)
        {
            capacity[i] = 5_000 + random.NextInt(40_000);
            initial[i] = random.NextInt(capacity[i] + 1);
            int energy = initial[i];
            for (int t = random.NextInt(4); t < slots;)
            {
                int to = Math.Min(slots, t + 1 + random.NextInt(14));
                int power = random.NextInt(6) == 0 ? 0 : 1_000 + random.NextInt(20_000);
                start.Add(t);
                end.Add(to);
                charge.Add(power);
                discharge.Add(random.NextInt(3) == 0 ? 0 : random.NextInt(12_000));
                energy = Math.Min(capacity[i], energy + (int)(power * .1 * (to - t)));
                // Now and then more than can be had, so that a need has to be lowered.
                trip.Add(to == slots ? 0 : random.NextInt(energy / 2 + (random.NextInt(12) == 0 ? 20_000 : 1)));
                need.Add(to == slots ? 0 : random.NextInt(energy + 1));
                energy = Math.Max(0, energy - trip[^1]);
                t = to + random.NextInt(4) + (random.NextInt(2) == 0 ? 0 : 1);
            }
            final[i] = random.NextInt(energy + 1);
            offset[i + 1] = start.Count;
        }
        var load = new double[slots];
        for (int t = 0; t < slots; t++) load[t] = vehicles * (10 + 20 * random.NextUnit());
        var past = new double[random.NextInt(3) == 0 ? 0 : random.NextInt(first + 1)];
        for (int k = 0; k < past.Length; k++) past[k] = vehicles * (10 + 20 * random.NextUnit());
        return new DispatchInstance
        {
            CapacityWh = capacity,
            InitialWh = initial,
            FinalMinWh = final,
            StayOffset = offset,
            StartSlot = [.. start],
            EndSlot = [.. end],
            MaxChargeW = [.. charge],
            MaxDischargeW = [.. discharge],
            NeededAtDepartureWh = [.. need],
            TripWhAfter = [.. trip],
            LoadKw = load,
            BaselineEvKw = new double[slots],
            DayOfSlot = [.. Enumerable.Range(0, slots).Select(t => (t + first) / perDay)],
            PastLoadKw = past,
            SlotHours = random.NextInt(2) == 0 ? 1 / 6.0 : .25,
            Efficiency = random.NextInt(2) == 0 ? .9 : .95,
            Lambda = .12 + .2 * random.NextUnit(),
            PeakWeight = random.NextInt(3) == 0 ? .9 * random.NextUnit() : 0,
        };
    }
}
