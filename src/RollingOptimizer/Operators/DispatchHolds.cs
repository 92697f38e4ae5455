using Movc.Domain;
using Movc.Domain.Operators;

namespace Movc.RollingOptimizer.Operators;

/// <summary>What operators hold and limit, as their log has it.</summary>
public sealed class DispatchHolds : IDispatchHolds
{
    /// <summary>Lines of the log that a view shows.</summary>
    public const int LinesShown = 50;

    private const int MaxBy = 100;
    private const int MaxWhy = 500;

    private readonly IOperatorLog _log;
    private readonly IReadOnlyList<string> _districts;
    private readonly IReadOnlyList<string> _aggregators;
    private readonly Func<DateTimeOffset> _cityTime;
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private readonly List<OperatorEntry> _lines;
    private List<OperatorEntry> _held = [];
    private List<OperatorEntry> _limits = [];

    /// <param name="log">Where orders are kept.</param>
    /// <param name="districts">The city's districts.</param>
    /// <param name="aggregators">Who passes setpoints on.</param>
    /// <param name="cityTime">City time now.</param>
    /// <param name="clock">Wall clock.</param>
    public DispatchHolds(IOperatorLog log, IReadOnlyList<string> districts, IReadOnlyList<string> aggregators, Func<DateTimeOffset> cityTime, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(log);
        (_log, _districts, _aggregators, _cityTime, _clock) = (log, districts, aggregators, cityTime, clock);
        _lines = [.. log.Read()];
        foreach (OperatorEntry line in _lines) Follow(line);
    }

    /// <summary>The orders that hold, oldest first; a list that does not change.</summary>
    public IReadOnlyList<OperatorEntry> Held => Volatile.Read(ref _held);

    /// <summary>The orders that limit a district, oldest first; a list that does not change.</summary>
    public IReadOnlyList<OperatorEntry> Limits => Volatile.Read(ref _limits);

    public ValueTask<HoldsView> ViewAsync(CancellationToken cancellationToken)
    {
        lock (_lock) return ValueTask.FromResult(View());
    }

    public ValueTask<HoldsView> ChangeAsync(HoldCommand command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        string name = command.Scope == HoldScope.City ? string.Empty : command.Name?.Trim() ?? string.Empty;
        string by = command.By?.Trim() ?? string.Empty, why = command.Why?.Trim() ?? string.Empty;
        if (command.Action is not (OperatorEntry.Hold or OperatorEntry.Resume or OperatorEntry.Limit or OperatorEntry.Unlimit)) throw new InputException($"action \"{command.Action}\": give {OperatorEntry.Hold}, {OperatorEntry.Resume}, {OperatorEntry.Limit} or {OperatorEntry.Unlimit}");
        CheckPowers(command);
        if (by.Length is 0 or > MaxBy) throw new InputException($"by: give the name of who orders it, 1 to {MaxBy} characters");
        if (why.Length is 0 or > MaxWhy) throw new InputException($"why: give the reason, 1 to {MaxWhy} characters");
        IReadOnlyList<string> known = command.Scope switch { HoldScope.District => _districts, HoldScope.Aggregator => _aggregators, _ => [string.Empty] };
        if (!known.Contains(name, StringComparer.Ordinal)) throw new InputException($"name \"{name}\": {(known.Count == 0 ? "the city knows no districts" : $"give one of {string.Join(", ", known)}")}");
        lock (_lock)
        {
            bool isHeld = Held.Any(h => h.Scope == command.Scope && string.Equals(h.Name, name, StringComparison.Ordinal)), isLimited = Limits.Any(l => string.Equals(l.Name, name, StringComparison.Ordinal));
            string? refusal = command.Action switch
            {
                OperatorEntry.Hold when isHeld => "it is held already; resume it first",
                OperatorEntry.Resume when !isHeld => "it is not held; nothing to resume",
                OperatorEntry.Unlimit when !isLimited => "it is not limited; there is no limit to end",
                _ => null,
            };
            if (refusal is not null) throw new InputException(refusal);
            var line = new OperatorEntry(_clock.GetUtcNow(), _cityTime(), command.Action, command.Scope, name, by, why, command.ImportKw, command.ExportKw);
            _log.Append(line);
            _lines.Add(line);
            Follow(line);
            return ValueTask.FromResult(View());
        }
    }

    /// <summary>A limit is of a district and says how much; nothing else has powers.</summary>
    private static void CheckPowers(HoldCommand command)
    {
        bool isLimit = command.Action is OperatorEntry.Limit;
        if (!isLimit && (command.ImportKw ?? command.ExportKw) is not null) throw new InputException($"importKw, exportKw: only the action {OperatorEntry.Limit} has them");
        if ((isLimit || command.Action is OperatorEntry.Unlimit) && command.Scope != HoldScope.District) throw new InputException("scope: only districts can be limited; give district");
        if (!isLimit) return;
        if ((command.ImportKw ?? command.ExportKw) is null) throw new InputException("importKw, exportKw: give at least one of them, kW");
        foreach ((string what, double? kw) in new[] { ("importKw", command.ImportKw), ("exportKw", command.ExportKw) })
        {
            if (kw is { } value && !(double.IsFinite(value) && value >= 0)) throw new InputException(FormattableString.Invariant($"{what} {value}: give a power of 0 kW or more"));
        }
    }

    private HoldsView View() => new(Held, Limits, _districts, _aggregators, [.. Enumerable.Reverse(_lines).Take(LinesShown)]);

    private void Follow(OperatorEntry line)
    {
        if (line.Action is OperatorEntry.Limit or OperatorEntry.Unlimit)
        {
            List<OperatorEntry> limits = [.. _limits.Where(l => !string.Equals(l.Name, line.Name, StringComparison.Ordinal))];
            if (line.Action is OperatorEntry.Limit) limits.Add(line);
            Volatile.Write(ref _limits, limits);
            return;
        }
        List<OperatorEntry> held = [.. _held.Where(h => h.Scope != line.Scope || !string.Equals(h.Name, line.Name, StringComparison.Ordinal))];
        if (string.Equals(line.Action, OperatorEntry.Hold, StringComparison.Ordinal)) held.Add(line);
        Volatile.Write(ref _held, held);
    }
}
