using System.Globalization;
using System.Text;
using Movc.Studies.Regret;

namespace Movc.Output;

/// <summary>A period's regret by its causes, for people.</summary>
internal static class CauseTable
{
    /// <summary>The table.</summary>
    /// <param name="causes">The split.</param>
    /// <param name="whole">What the whole city came to.</param>
    public static string Of(CauseFigures causes, RegretFigures whole)
    {
        var text = new StringBuilder();
        text.AppendLine();
        text.AppendLine(causes.IsSample
            ? string.Create(CultureInfo.InvariantCulture, $"  causes, by a sample of {causes.Vehicles:N0} of {causes.AllVehicles:N0} vehicles beside their share of the load: it kept {causes.Kept:0.0 %}, the whole city {whole.Kept:0.0 %}; powers are taken up to the city")
            : string.Create(CultureInfo.InvariantCulture, $"  causes, by all {causes.AllVehicles:N0} vehicles"));
        text.AppendLine();
        text.AppendLine("  rung                      J, kW    loss, kW    of it by this cause             kW   of the possible gain   left short");
        foreach (CauseRung rung in causes.Rungs)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {rung.Says,-18}{rung.ObjectiveKw,13:#,0.0}{rung.LossKw,12:#,0.0}");
            if (rung.Cause.Length > 0) text.Append(CultureInfo.InvariantCulture, $"    {rung.Cause,-20}{rung.StepKw,14:#,0.0}{rung.StepShare,23:0.00 %}");
            else text.Append(CultureInfo.InvariantCulture, $"    {string.Empty,-20}{string.Empty,14}{string.Empty,23}");
            text.AppendLine(rung.DeparturesUnderPromise is { } under ? string.Create(CultureInfo.InvariantCulture, $"{under,13:N0}") : string.Empty);
        }
        text.AppendLine(CultureInfo.InvariantCulture, $"  {"lost in all",-18}{string.Empty,13}{string.Empty,12}    {string.Empty,-20}{causes.LossKw,14:#,0.0}{(causes.PossibleKw > 0 ? causes.LossKw / causes.PossibleKw : 0),23:0.00 %}");
        text.AppendLine();
        text.Append("  Each rung has what those above it have; in another order the causes would share the loss otherwise. J is told with the energies left at the end as they were.");
        return text.ToString();
    }
}
