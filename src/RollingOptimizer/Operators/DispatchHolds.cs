using Movc.Domain;
using Movc.Domain.Operators;

namespace Movc.RollingOptimizer.Operators;

/// <summary>What operators hold, as their log has it.</summary>
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

    public ValueTask<HoldsView> ViewAsync(CancellationToken cancellationToken)
    {
        lock (_lock) return ValueTask.FromResult(View());
    }

    public ValueTask<HoldsView> ChangeAsync(HoldCommand command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        string name = command.Scope == HoldScope.City ? string.Empty : command.Name?.Trim() ?? string.Empty;
        string by = command.By?.Trim() ?? string.Empty, why = command.Why?.Trim() ?? string.Empty;
        if (command.Action is not (OperatorEntry.Hold or OperatorEntry.Resume)) throw new InputException($"action \"{command.Action}\": give {OperatorEntry.Hold} or {OperatorEntry.Resume}");
        if (by.Length is 0 or > MaxBy) throw new InputException($"by: give the name of who orders it, 1 to {MaxBy} characters");
        if (why.Length is 0 or > MaxWhy) throw new InputException($"why: give the reason, 1 to {MaxWhy} characters");
        IReadOnlyList<string> known = command.Scope switch { HoldScope.District => _districts, HoldScope.Aggregator => _aggregators, _ => [string.Empty] };
        if (!known.Contains(name, StringComparer.Ordinal)) throw new InputException($"name \"{name}\": {(known.Count == 0 ? "the city knows no districts" : $"give one of {string.Join(", ", known)}")}");
        lock (_lock)
        {
            bool orders = string.Equals(command.Action, OperatorEntry.Hold, StringComparison.Ordinal), isHeld = Held.Any(h => h.Scope == command.Scope && string.Equals(h.Name, name, StringComparison.Ordinal));
            if (isHeld == orders) throw new InputException(isHeld ? "it is held already; resume it first" : "it is not held; nothing to resume");
            var line = new OperatorEntry(_clock.GetUtcNow(), _cityTime(), command.Action, command.Scope, name, by, why);
            _log.Append(line);
            _lines.Add(line);
            Follow(line);
            return ValueTask.FromResult(View());
        }
    }

    private HoldsView View() => new(Held, _districts, _aggregators, [.. Enumerable.Reverse(_lines).Take(LinesShown)]);

    private void Follow(OperatorEntry line)
    {
        List<OperatorEntry> held = [.. _held.Where(h => h.Scope != line.Scope || !string.Equals(h.Name, line.Name, StringComparison.Ordinal))];
        if (string.Equals(line.Action, OperatorEntry.Hold, StringComparison.Ordinal)) held.Add(line);
        Volatile.Write(ref _held, held);
    }
}
