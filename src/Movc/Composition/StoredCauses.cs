using System.Globalization;
using Movc.Domain;
using Movc.Domain.Fleet;
using Movc.Domain.Time;
using Movc.Ingest.Time;
using Movc.RollingOptimizer.Horizon;
using Movc.RollingOptimizer.Plans;
using Movc.RollingOptimizer.Solver;
using Movc.Studies.Regret;
using Movc.TwinState.History;

namespace Movc.Composition;

/// <summary>Splits the regret of a stored period by its causes.</summary>
internal static class StoredCauses
{
    /// <summary>Splits.</summary>
    /// <param name="city">The city.</param>
    /// <param name="calendar">Of its zone.</param>
    /// <param name="period">The period's intervals.</param>
    /// <param name="sample">Vehicles to look at.</param>
    /// <param name="onProgress">Told of parts done, of how many, and what is being done, from any thread.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InputException">The period is too short, or plans of it are missing.</exception>
    public static async Task<CauseFigures> ReadAsync(
        StoredCity city, NodaCityCalendar calendar, RealizedSlot[] period, int sample, Action<int, int, string> onProgress, CancellationToken cancellationToken)
    {
        long fromMs = period[0].AtMs, toMs = period[^1].AtMs + Slots.Ms;
        FleetModel model = city.Ground.Model();
        int shards = (await city.Events.ReadPositionsAsync(cancellationToken)).Count, done = 0;
        PastFleet fleet = await PastFleet.OpenAsync(
            city.Events, model, fromMs, period.Length, sample, () => onProgress(Interlocked.Increment(ref done), shards, "reading the journals once more"), cancellationToken);
        onProgress(0, 1, "reading the plans");
        var past = new PastCity(fleet, city.Realized, city.Heads(fromMs - Slots.Ms, toMs), calendar);
        var study = new CauseStudy(new PlanAgain(calendar, model.Unmanaged, new DispatchSolver(DispatchSolverOptions.Live)), new DispatchSolver());
        return await study.OfAsync(fleet, past, 1, onProgress, cancellationToken);
    }

    /// <summary>Refuses a period in which there is nothing to split.</summary>
    /// <exception cref="InputException">It is too short.</exception>
    public static void Check(RealizedSlot[] period)
    {
        if (period.Length < CauseStudy.FewestSlots)
            throw new InputException(string.Create(CultureInfo.InvariantCulture, $"--causes: the period has {period.Length} intervals; give one of {CauseStudy.FewestSlots} or more with --from and --to"));
    }
}
