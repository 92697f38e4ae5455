using Movc.Domain;
using Movc.Domain.Regret;
using Movc.Domain.Time;
using Movc.Domain.Willingness;
using Movc.Ingest.Time;
using Movc.RollingOptimizer.Solver;
using Movc.Studies.Points;
using Movc.Studies.Regret;

namespace Movc.Composition;

/// <summary>
/// Holds the last day against perfect foresight once an hour of city time, from what is stored, beside the running city; and never for more
/// than a tenth of the wall time, so that a large city at a high speed is not held up by looking back.
/// </summary>
/// <param name="options">Where the city's data are.</param>
/// <param name="willingness">What owners are paid; null = the city tells none.</param>
/// <param name="cityMs">City time now, Unix milliseconds UTC.</param>
/// <param name="clock">Wall clock.</param>
internal sealed class LiveRegret(CityRunOptions options, IWillingness? willingness, Func<long> cityMs, TimeProvider clock) : IRegret
{
    private const int SlotsBack = Slots.PerDay;
    private const int SlotsBetween = 6;
    private const int RestFactor = 9;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private RegretView? _latest;

    public RegretView? Latest => Volatile.Read(ref _latest);

    /// <summary>Reckons until the token fires; a reckoning that fails is tried again an hour later.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        long nextMs = Slots.Floor(cityMs()) + (SlotsBetween * Slots.Ms);
        while (true)
        {
            await Task.Delay(Look, clock, cancellationToken);
            if (cityMs() < nextMs) continue;
            long started = clock.GetTimestamp();
            try
            {
                // On a thread of its own that yields to the city's.
                Volatile.Write(ref _latest, await Task.Factory.StartNew(() => Reckon(cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap() ?? Latest);
            }
            catch (Exception e) when (e is InputException or IOException or Database.StoreException)
            {
                // Not whole yet, or the store is busy.
            }
            nextMs = Slots.Floor(cityMs()) + (SlotsBetween * Slots.Ms);
            await Task.Delay(RestFactor * clock.GetElapsedTime(started), clock, cancellationToken);
        }
    }

    private async Task<RegretView?> Reckon(CancellationToken cancellationToken)
    {
        Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
        long started = clock.GetTimestamp();
        await using StoredCity city = await StoredCity.OpenAsync(options.DataDirectory, options.Postgres, toWrite: false, cancellationToken);
        if (city.Realized.Count < SlotsBetween) return null;
        long toMs = city.Realized[^1].AtMs + Slots.Ms, fromMs = Math.Max(city.Realized[0].AtMs, toMs - (SlotsBack * Slots.Ms));
        var calendar = new NodaCityCalendar(city.Ground.TimeZone);
        RegretPeriod period = await StoredPeriods.ReadAsync(city, calendar, DateTimeOffset.FromUnixTimeMilliseconds(fromMs), DateTimeOffset.FromUnixTimeMilliseconds(toMs), (_, _) => { }, cancellationToken);
        RegretFigures f = new RegretStudy(new DispatchSolver(DispatchSolverOptions.Live with { Threads = 1 }, clock)).Of(period, 1, cancellationToken);
        return new RegretView(
            f.From, f.From.AddMinutes(f.Slots * Slots.Minutes), f.Kept, f.KeptAtLeast, Line(f.ChargeOnlyKw, f.ChargeOnly, null), Line(f.RollingKw, f.Rolling, f.DischargedMwh),
            Line(f.PerfectKw, f.Perfect, f.PerfectDischargedMwh), f.Departures, f.DeparturesUnderPromise, f.Satisfaction, f.ExtraWearRmb,
            willingness is null ? null : period.Fleet.DischargedWh.Select((wh, i) => wh / 1000.0 * willingness.CompensationRmbPerKwh(period.Fleet.Consent[i])).Sum(),
            f.StoredMwh, f.Vehicles, clock.GetElapsedTime(started).TotalSeconds);
    }

    private static RegretLine Line(double objectiveKw, LoadFigures load, double? dischargedMwh) =>
        new(objectiveKw, 1000 * load.PeakMw, 1000 * load.ValleyMw, load.Median.OverValley, 1000 * dischargedMwh);
}
