namespace Movc.Studies.Regret;

/// <summary>A period's regret by its causes. Powers are the whole city's: those of a sample are taken up to it.</summary>
/// <param name="Vehicles">Vehicles looked at.</param>
/// <param name="AllVehicles">Vehicles of the city.</param>
/// <param name="Kept">Share of the possible gain that those looked at kept.</param>
/// <param name="KeptAtLeast">The same against the certified bound.</param>
/// <param name="ChargeOnlyKw">J with every vehicle charging on its own, kW (MOVC Eq. 15).</param>
/// <param name="PossibleKw">What perfect foresight gains over it, kW.</param>
/// <param name="Rungs">From what happened to perfect foresight, in this order; another order would split otherwise.</param>
public sealed record CauseFigures(int Vehicles, int AllVehicles, double Kept, double KeptAtLeast, double ChargeOnlyKw, double PossibleKw, IReadOnlyList<CauseRung> Rungs)
{
    /// <summary>Whether it is a sample.</summary>
    public bool IsSample => Vehicles < AllVehicles;

    /// <summary>What was lost against perfect foresight, kW.</summary>
    public double LossKw => Rungs[0].LossKw;

    /// <summary>Puts the rungs' figures together.</summary>
    /// <param name="rungs">Name, cause, words and figures of each; the first is what happened.</param>
    /// <param name="vehicles">Vehicles looked at.</param>
    /// <param name="allVehicles">Vehicles of the city.</param>
    internal static CauseFigures Of(IReadOnlyList<(string Key, string Cause, string Says, RegretFigures Figures)> rungs, int vehicles, int allVehicles)
    {
        RegretFigures was = rungs[0].Figures;
        double scale = (double)allVehicles / vehicles, possibleKw = was.ChargeOnlyKw - was.PerfectKw;
        var list = new List<CauseRung>();
        double before = was.RollingKw - was.PerfectKw;
        CauseRung Rung(string key, string cause, string says, double lossKw, RegretFigures? figures)
        {
            double step = before - lossKw;
            before = lossKw;
            return new CauseRung(key, cause, says, scale * (was.PerfectKw + lossKw), scale * lossKw, scale * step, possibleKw > 0 ? step / possibleKw : 0)
            {
                RunKw = scale * (figures?.RollingKw ?? was.PerfectKw),
                PerfectKw = scale * (figures?.PerfectKw ?? was.PerfectKw),
                PerfectBoundKw = scale * (figures?.PerfectBoundKw ?? was.PerfectBoundKw),
                Departures = figures?.Departures,
                DeparturesUnderPromise = figures?.DeparturesUnderPromise,
                StoredMwh = scale * figures?.StoredMwh,
            };
        }
        foreach ((string key, string cause, string says, RegretFigures figures) in rungs) list.Add(Rung(key, cause, says, figures.RollingKw - figures.PerfectKw, figures));
        list.Add(Rung(RegretRung.Perfect, RegretRung.LastCause, "perfect foresight", 0, null));
        return new CauseFigures(vehicles, allVehicles, was.Kept, was.KeptAtLeast, scale * was.ChargeOnlyKw, scale * possibleKw, list);
    }
}
