using Movc.Domain.Events;
using Movc.Studies.Estimation.Places;

namespace Movc.Studies.Estimation.Fit;

/// <summary>
/// n_w, β1 and β2 of a user by maximum likelihood of the chain itself (model.md §3): a hazard θ·P(t) has the estimate events over the P
/// that passed at risk. TimeGeo's grid of simulated durations comes to the same with thousands of simulations a user and more noise.
/// </summary>
internal static class ChainFit
{
    /// <summary>Fits a user.</summary>
    /// <param name="history">The user.</param>
    /// <param name="clock">Rhythm of the user's class.</param>
    public static UserFit Of(UserHistory history, WeekClock clock)
    {
        double atHome = 0, atOther = 0, atMoves = 0;
        int fromHome = 0, fromOther = 0, bursts = 0;
        Visit[] visits = history.Visits;
        for (int i = 0; i < visits.Length; i++)
        {
            ref readonly Visit visit = ref visits[i];
            bool left = !visit.CutAfter && i + 1 < visits.Length;
            bool toWork = left && visits[i + 1].Place == PlaceKind.Work;
            double passed = clock.Between(visit.ArriveMin, visit.DepartMin);
            switch (visit.Place)
            {
                case PlaceKind.Home:
                    atHome += passed;
                    if (left && !toWork) fromHome++;
                    break;
                case PlaceKind.Other:
                    atOther += passed;
                    if (left && !toWork) fromOther++;
                    break;
                default:
                    break;
            }
            if (!left || toWork || visit.Place == PlaceKind.Home) continue;
            atMoves += clock.At(visit.DepartMin);
            if (visits[i + 1].Place == PlaceKind.Other) bursts++;
        }
        double tours = atHome > 0 ? fromHome / atHome : double.NaN;
        return new UserFit
        {
            ToursPerWeek = tours,
            DwellRate = atOther > 0 && tours > 0 ? fromOther / atOther / tours : double.NaN,
            BurstRate = atMoves > 0 && tours > 0 ? bursts / atMoves / tours : double.NaN,
            HomeDepartures = fromHome,
            OtherDepartures = fromOther,
            Bursts = bursts,
        };
    }
}
