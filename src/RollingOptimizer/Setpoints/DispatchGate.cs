using System.Globalization;
using Movc.Domain.Fleet;
using Movc.Domain.Operators;
using Movc.RollingOptimizer.Operators;

namespace Movc.RollingOptimizer.Setpoints;

/// <summary>Masks what operators hold and whose aggregator does not answer, and passes on what districts may draw.</summary>
/// <param name="desk">Knows who answers.</param>
/// <param name="holds">Knows what is held.</param>
/// <param name="districts">Names of the city's districts.</param>
public sealed class DispatchGate(SetpointDesk desk, DispatchHolds holds, IReadOnlyList<string> districts) : IDispatchGate
{
    public async Task<DispatchOrders> BeginAsync(FleetSnapshot fleet, CancellationToken cancellationToken)
    {
        await desk.BeginAsync(fleet, cancellationToken);
        IReadOnlyList<OperatorEntry> held = holds.Held;
        IReadOnlyList<string> silent = desk.Silent;
        var causes = new List<string>();
        foreach (OperatorEntry hold in held) causes.Add($"{What(hold)} held by {hold.By}: {hold.Why}");
        if (silent.Count > 0) causes.Add(string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", silent)} {(silent.Count == 1 ? "does" : "do")} not answer; {(silent.Count == 1 ? "its" : "their")} vehicles charge on their own"));
        return new DispatchOrders(new DispatchMask(desk.Aggregators, districts, held, silent), [.. holds.Limits.Select(Limit)], causes);
    }

    private DistrictLimit Limit(OperatorEntry entry)
    {
        int district = 0;
        while (!string.Equals(districts[district], entry.Name, StringComparison.Ordinal)) district++;
        return new DistrictLimit(district, entry.Name, entry.ImportKw ?? double.PositiveInfinity, entry.ExportKw ?? double.PositiveInfinity);
    }

    private static string What(OperatorEntry hold) => hold.Scope == HoldScope.City ? "the city is" : hold.Scope == HoldScope.District ? $"district {hold.Name} is" : $"{hold.Name} is";
}
