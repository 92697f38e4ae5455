using Movc.Domain;
using Movc.Domain.Fleet;
using Movc.TwinState.Shards;
using Movc.TwinState.Store;

namespace Movc.TwinState.History;

/// <summary>
/// A stored fleet in a period that is over, all of it or vehicles evenly chosen, to be lived again (ADR 0022): the twin's own shards, from
/// where they stood, under the events of their journals. Memory: three states of the vehicles looked at.
/// </summary>
public sealed class PastFleet : IPastFleet
{
    private readonly FleetModel _model;
    private readonly PastShard[] _shards;
    private readonly RecordedLife[] _recorded;
    private readonly long _recordEndMs;

    private PastFleet(FleetModel model, PastShard[] shards, RecordedLife[] recorded, PastRun asItWas)
    {
        (_model, _shards, _recorded, AsItWas) = (model, shards, recorded, asItWas);
        _recordEndMs = FromMs + (shards.Min(s => s.SlotsHeld) * Domain.Time.Slots.Ms);
    }

    /// <inheritdoc/>
    public long FromMs => _shards[0].FromMs;

    /// <inheritdoc/>
    public int Slots => _shards[0].Slots;

    /// <inheritdoc/>
    public int Vehicles => _shards.Sum(s => s.Count);

    /// <inheritdoc/>
    public int AllVehicles => _shards.Sum(s => s.Vehicles);

    /// <inheritdoc/>
    public PastRun AsItWas { get; }

    /// <summary>Opens a store's fleet and folds the period once.</summary>
    /// <param name="store">Read only; another process may write to it. Stays open as long as the fleet is used.</param>
    /// <param name="model">What the city's twin reckons with.</param>
    /// <param name="fromMs">Start of an interval whose setpoints every journal holds, Unix milliseconds UTC.</param>
    /// <param name="slots">Length of the period; it must be over.</param>
    /// <param name="sample">Vehicles to look at; a smaller fleet is looked at as a whole.</param>
    /// <param name="onShard">Told of every shard that is done, from any thread.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InputException">An interval is missing in it.</exception>
    public static async Task<PastFleet> OpenAsync(IEventReader store, FleetModel model, long fromMs, int slots, int sample, Action onShard, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(slots, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(sample, 1);
        IReadOnlyList<ShardPosition> positions = await store.ReadPositionsAsync(cancellationToken);
        var shards = new PastShard[positions.Count];
        await Parallel.ForAsync(0, shards.Length, cancellationToken, async (s, token) => shards[s] = await PastShard.OpenAsync(store, model, positions[s], fromMs, slots, token));
        long all = shards.Sum(s => (long)s.Vehicles), before = 0;
        if (all == 0) throw new InputException("no vehicle was registered before the period; give a later one");
        foreach (PastShard shard in shards)
        {
            shard.Choose(before, Math.Min(sample, all), all, model);
            before += shard.Vehicles;
        }
        var recorded = new RecordedLife[shards.Length];
        await Parallel.ForAsync(0, shards.Length, cancellationToken, async (s, token) =>
        {
            recorded[s] = new RecordedLife(shards[s], shards[s].State(model, knowsStays: false));
            await shards[s].ReadAsync(0, slots, recorded[s], token);
            recorded[s].Close();
        });
        PastRun asItWas = RunOf(fromMs, slots, recorded);
        // What came after the period is known too, as far as it is stored.
        await Parallel.ForAsync(0, shards.Length, cancellationToken, async (s, token) =>
        {
            if (shards[s].SlotsHeld > slots) await shards[s].ReadAsync(slots, shards[s].SlotsHeld, recorded[s], token);
            onShard();
        });
        return new PastFleet(model, shards, recorded, asItWas);
    }

    /// <inheritdoc/>
    public ValueTask<IFleetAgain> AgainAsync(bool knowsStays, CancellationToken cancellationToken)
    {
        var lives = new LifeAgain[_shards.Length];
        KnownPlugs[]? known = knowsStays ? new KnownPlugs[_shards.Length] : null;
        Parallel.For(0, lives.Length, new ParallelOptions { CancellationToken = cancellationToken }, s =>
        {
            FleetModel model = _model;
            ShardState? state = null;
            if (known is not null)
            {
                known[s] = new KnownPlugs(_recorded[s].Plugs, _recordEndMs, _model.Outlook, id => state!.Find(id));
                model = _model with { Outlook = known[s] };
            }
            state = _shards[s].State(model, knowsStays);
            lives[s] = new LifeAgain(_shards[s], state, _recorded[s].Corrections);
        });
        return ValueTask.FromResult<IFleetAgain>(new FleetAgain(_shards, lives, known, FromMs, Slots));
    }

    /// <summary>What shards came to together.</summary>
    internal static PastRun RunOf(long fromMs, int slots, IReadOnlyList<ShardLife> lives)
    {
        double[] Sum(Func<ShardLife, double[]> curve)
        {
            var sum = new double[slots];
            foreach (ShardLife life in lives)
            {
                double[] part = curve(life);
                for (int t = 0; t < slots; t++) sum[t] += part[t];
            }
            return sum;
        }
        return new PastRun(FleetHistoryColumns.Assemble(fromMs, slots, [.. lives.Select(l => l.Ledger)]), Sum(l => l.ChargeOnlyKw), Sum(l => l.ChargedKw), Sum(l => l.DischargedKw));
    }
}
