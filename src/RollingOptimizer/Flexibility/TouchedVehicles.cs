using Movc.Domain.Dispatch;

namespace Movc.RollingOptimizer.Flexibility;

/// <summary>How many vehicles another schedule of the same problem touches.</summary>
/// <param name="Vehicles">Whose power is another in some slot.</param>
/// <param name="Departures">Ends of stays at which less is stored.</param>
/// <param name="Sample">Vehicles looked at; the counts are scaled up where that is not all.</param>
internal readonly record struct TouchedVehicles(int Vehicles, int Departures, int Sample)
{
    /// <summary>Vehicles that are looked at, at most: all of a small city, of a large one every so-many-th [G].</summary>
    public const int SampleAtMost = 30_000;

    // Schedules are in whole units of energy: less than a watt is rounding.
    private const double ToleranceKw = 1e-3;
    private const double ToleranceKwh = 0.01;
    private const int Stretch = 1_024;

    /// <summary>Compares two schedules of some vehicles.</summary>
    /// <param name="x">The problem.</param>
    /// <param name="vehicle">Which were planned anew.</param>
    /// <param name="before">What the plan has every vehicle do.</param>
    /// <param name="after">What those do now, by their place.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static TouchedVehicles Of(DispatchInstance x, int[] vehicle, IScheduleSource before, IScheduleSource after, CancellationToken cancellationToken)
    {
        int count = Math.Min(vehicle.Length, SampleAtMost), vehicles = 0, departures = 0;
        Parallel.For(0, (count + Stretch - 1) / Stretch, new ParallelOptions { CancellationToken = cancellationToken }, stretch =>
        {
            double[] was = new double[x.SlotCount], now = new double[x.SlotCount];
            int touched = 0, less = 0;
            for (int k = stretch * Stretch; k < Math.Min(count, (stretch + 1) * Stretch); k++)
            {
                int place = (int)((long)k * vehicle.Length / count), i = vehicle[place];
                before.Expand(i, was);
                after.Expand(place, now);
                if (!Differ(was, now)) continue;
                touched++;
                less += Less(x, i, was, now);
            }
            Interlocked.Add(ref vehicles, touched);
            Interlocked.Add(ref departures, less);
        });
        double scale = count == 0 ? 0 : (double)vehicle.Length / count;
        return new TouchedVehicles((int)Math.Round(vehicles * scale), (int)Math.Round(departures * scale), count);
    }

    private static bool Differ(double[] was, double[] now)
    {
        for (int t = 0; t < was.Length; t++)
        {
            if (Math.Abs(was[t] - now[t]) > ToleranceKw) return true;
        }
        return false;
    }

    private static int Less(DispatchInstance x, int i, double[] was, double[] now)
    {
        double difference = 0;
        int less = 0, t = 0;
        for (int s = x.StayOffset[i]; s < x.StayOffset[i + 1]; s++)
        {
            for (; t < x.EndSlot[s]; t++) difference += (Inside(x, now[t]) - Inside(x, was[t])) * x.SlotHours;
            bool leaves = x.EndSlot[s] < x.SlotCount && (s + 1 == x.StayOffset[i + 1] || x.StartSlot[s + 1] > x.EndSlot[s]);
            if (leaves && difference < -ToleranceKwh) less++;
        }
        return less;
    }

    private static double Inside(DispatchInstance x, double kw) => kw > 0 ? kw * x.Efficiency : kw / x.Efficiency;
}
