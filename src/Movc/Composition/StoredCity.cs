using Movc.Database;
using Movc.Domain;
using Movc.Domain.Operators;
using Movc.RollingOptimizer.Operators;
using Movc.RollingOptimizer.Plans;
using Movc.TwinState.Store;
using Movc.TwinState.Store.Postgres;
using Movc.TwinState.Store.Sqlite;

namespace Movc.Composition;

/// <summary>A city's journal as it is stored, opened to read; a city may be running on it.</summary>
internal sealed class StoredCity : IAsyncDisposable
{
    private StoredCity(string where, IEventReader events, CityGround ground)
    {
        Where = where;
        Events = events;
        Ground = ground;
    }

    /// <summary>For people.</summary>
    public string Where { get; }

    public IEventReader Events { get; }

    /// <summary>What the city did in its intervals, oldest first.</summary>
    public IReadOnlyList<RealizedSlot> Realized { get; private init; } = [];

    /// <summary>Its last plan, whose curves go on beyond the last interval; null without one.</summary>
    public StoredPlan? LastPlan { get; private init; }

    /// <summary>What operators ordered, oldest first.</summary>
    public IReadOnlyList<OperatorEntry> Orders { get; private init; } = [];

    /// <summary>Who the data are of, as the run named itself.</summary>
    public string Identity { get; private init; } = string.Empty;

    public CityGround Ground { get; }

    private Func<IPlanStore?> Plans { get; init; } = () => null;

    /// <summary>Its plans of intervals from an instant on and before another, oldest first.</summary>
    /// <param name="fromMs">Unix milliseconds UTC.</param>
    /// <param name="toMs">Exclusive.</param>
    public IReadOnlyList<PlanHead> Heads(long fromMs, long toMs)
    {
        using IPlanStore? plans = Plans();
        return plans?.Heads(fromMs, toMs) ?? [];
    }

    /// <summary>The same, where it may be written to.</summary>
    public IEventStore? Store => Events as IEventStore;

    /// <summary>Opens a data directory, or a database where a connection is given.</summary>
    /// <exception cref="InputException">Nothing of a city is there.</exception>
    /// <exception cref="StoreException">It cannot be read.</exception>
    public static async Task<StoredCity> OpenAsync(string dataDirectory, string? postgres, bool toWrite, CancellationToken cancellationToken)
    {
        if (postgres is not null)
        {
            PostgresDatabase database = await PostgresDatabase.OpenAsync(postgres, TimeProvider.System, cancellationToken);
            (string Identity, string? Ground)? city = await database.CityAsync(cancellationToken);
            return city is null
                ? throw new InputException($"{database.Server}: no city has run on it yet")
                : new StoredCity(database.Server, new PostgresEventStore(database), CityGround.Parse(database.Server, city.Value.Ground))
                    .With(city.Value.Identity, () => new PostgresPlanStore(database, cancellationToken), new PostgresOperatorLog(database, cancellationToken));
        }
        string path = Path.GetFullPath(dataDirectory), file = Path.Combine(path, DataDirectory.GroundFile), events = Path.Combine(path, "twin.db");
        if (!File.Exists(Path.Combine(path, "city.json"))) throw new InputException($"--data {path}: holds no city; give the directory of a run");
        if (!File.Exists(events)) throw new InputException($"--data {path}: holds no events; they may be in PostgreSQL: give --postgres");
        CityGround ground = CityGround.Parse(file, File.Exists(file) ? await File.ReadAllTextAsync(file, cancellationToken) : null);
        return new StoredCity(path, toWrite ? SqliteEventStore.Open(events) : SqliteEventStore.OpenForReading(events), ground)
            .With(
                DataDirectory.IdentityOf(path), () => File.Exists(Path.Combine(path, "plans.db")) ? SqlitePlanStore.OpenForReading(Path.Combine(path, "plans.db")) : null,
                new FileOperatorLog(Path.Combine(path, DataDirectory.OperatorLogFile), isOurs: false));
    }

    private StoredCity With(string identity, Func<IPlanStore?> open, IOperatorLog orders)
    {
        using IPlanStore? plans = open();
        return new StoredCity(Where, Events, Ground) { Realized = plans?.Realized(long.MinValue) ?? [], LastPlan = plans?.Latest(), Identity = identity, Plans = open, Orders = orders.Read() };
    }

    public ValueTask DisposeAsync() => Events.DisposeAsync();
}
