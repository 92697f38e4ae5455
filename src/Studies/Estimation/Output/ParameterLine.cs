using System.Globalization;
using Movc.Studies.Estimation.Fit;

namespace Movc.Studies.Estimation.Output;

/// <summary>The population's parameters, one by one: as the records have them, and as they are once sampling is taken out.</summary>
/// <param name="Symbol">As the model writes it.</param>
/// <param name="Name">For people.</param>
/// <param name="Unit">"1" for a ratio.</param>
/// <param name="AsSeen">From the records as they stand.</param>
/// <param name="Estimate">What is written into the city's file.</param>
/// <param name="Check">What the estimator finds in simulated drivers with the estimate: near <paramref name="AsSeen"/> where the correction has come to rest.</param>
internal sealed record ParameterLine(string Symbol, string Name, string Unit, double AsSeen, double Estimate, double Check)
{
    private static readonly string[] Fifths = ["the nearest", "the second", "the middle", "the fourth", "the farthest"];

    public static IReadOnlyList<ParameterLine> Of(Estimate e)
    {
        (PopulationFit raw, PopulationFit fit, PopulationFit check) = (e.Raw.Population, e.Population, e.Check.Population);
        ParameterLine Line(string symbol, string name, string unit, Func<PopulationFit, double> of) => new(symbol, name, unit, of(raw), of(fit), of(check));
        return
        [
            Line("n_w", "home-based tours beside work, median", "1/week", p => p.ToursPerWeek.Median),
            Line("σ(n_w)", "spread of its logarithm", "1", p => p.ToursPerWeek.Sigma),
            Line("β1", "dwell rate, median", "1", p => p.DwellRate.Median),
            Line("σ(β1)", "spread of its logarithm", "1", p => p.DwellRate.Sigma),
            Line("β2", "burst rate, median", "1", p => p.BurstRate.Median),
            Line("σ(β2)", "spread of its logarithm", "1", p => p.BurstRate.Sigma),
            Line("ρ", "exploration rate", "1", p => p.ExplorationRate),
            Line("γ", "exploration decay", "1", p => p.ExplorationDecay),
            Line("α", "shape of the gamma density of the distance", "1", p => p.DistanceShape),
            .. Enumerable.Range(0, DistanceGroups.Count).Select(g => Line($"αθ_{g + 1}", $"its mean to a new place, {Fifths[g]} fifth of the users", "km", p => p.OtherDistanceKm[g])),
            Line("αθ_work", "its mean to work, median driver", "km", p => p.WorkDistanceKm),
            Line("works", "share of users with a workplace", "1", p => p.WorkplaceShare),
        ];
    }

    /// <summary>A number for people.</summary>
    public static string Text(double value) => double.IsFinite(value) ? value.ToString("0.###", CultureInfo.InvariantCulture) : "–";
}
