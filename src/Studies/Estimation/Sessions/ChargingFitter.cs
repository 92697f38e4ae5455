using Movc.Domain.Charging;
using Movc.Domain.Events;
using Movc.Domain.Simulation;
using Movc.Domain.Threads;

namespace Movc.Studies.Estimation.Sessions;

/// <summary>
/// Fits β0, β_SOC and β_ΔSOC (MOVC Eqs. 4-7) to sessions by simulated moments: sessions tell when people charged, not when they could have
/// and did not, nor how full the battery was; the simulated drivers supply both. Costs and powers do not differ among slow sessions at one
/// kind of place, so β_Cost and β_R stay as they are.
/// </summary>
/// <param name="people">The base's people.</param>
/// <param name="weights">The base's weights.</param>
/// <param name="place">Where the sessions were.</param>
/// <param name="seed">Of the simulated drivers, the same for all weights tried.</param>
/// <param name="threads">0 = all processors.</param>
/// <param name="vehicles">Simulated for each try.</param>
internal sealed class ChargingFitter(PeopleModel people, ChargingUtility weights, PlaceKind place, long seed, int threads, int vehicles = 3000)
{
    private const int Weeks = 4, TriesAtMost = 400;

    /// <summary>Steps at first and at last: β0, β_SOC, β_ΔSOC, logarithm of the trips' energy.</summary>
    private static readonly double[] FirstStep = [1, 1, 1, 0.3], LastStep = [0.06, 0.06, 0.06, 0.02];

    /// <summary>Least and largest value of each.</summary>
    private static readonly (double Low, double High)[] Range = [(-12, 12), (0, 15), (0, 15), (-1.5, 1.5)];

    private int _tried;

    /// <summary>Looks for the weights by a pattern search (Hooke, Jeeves 1961): the same draws for all make the distance a fixed function.</summary>
    public ChargingFit Run(SessionMoments observed, Action<string> step, CancellationToken cancellationToken)
    {
        double[] at = [weights.Constant, weights.Soc, weights.Gain, 0], stride = [.. FirstStep];
        SessionMoments before = Simulate(at), best = before;
        double distance = ChargingFit.Distance(observed, best);
        while (_tried < TriesAtMost && Enumerable.Range(0, at.Length).Any(k => stride[k] > LastStep[k]))
        {
            double[] from = [.. at];
            bool moved = false;
            for (int k = 0; k < at.Length; k++) moved |= Take(Aside(k, +1), Aside(k, -1));
            if (!moved)
            {
                for (int k = 0; k < stride.Length; k++) stride[k] /= 2;
                continue;
            }
            // Once more the way that was good.
            double[] ahead = [.. at.Select((v, k) => Math.Clamp((2 * v) - from[k], Range[k].Low, Range[k].High))];
            Take(ahead);
        }
        return new ChargingFit(WeightsAt(at), Math.Exp(at[3]), observed, before, best, _tried);

        double[] Aside(int k, int sign)
        {
            double[] next = [.. at];
            next[k] = Math.Clamp(at[k] + (sign * stride[k]), Range[k].Low, Range[k].High);
            return next;
        }

        // Tries some weights at once and takes the best of them where it is better than what was.
        bool Take(params double[][] tries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var moments = new SessionMoments[tries.Length];
            OrderedParallel.Run(tries.Length, () => 0, (i, _) => moments[i] = Simulate(tries[i]), _ => { }, threads, cancellationToken);
            _tried += tries.Length;
            double last = distance;
            for (int i = 0; i < tries.Length; i++)
            {
                double d = ChargingFit.Distance(observed, moments[i]);
                if (d < distance - 1e-9) (at, best, distance) = (tries[i], moments[i], d);
            }
            step(FormattableString.Invariant($"fitting the charging choice, {_tried} weights tried, distance {Math.Sqrt(distance):0.000}"));
            return distance < last;
        }
    }

    private SessionMoments Simulate(double[] at)
    {
        PeopleModel tried = people with { KwhPerKm = people.KwhPerKm * Math.Exp(at[3]), Charging = new LogitChargingChoice(WeightsAt(at), people.Tariff, people.Efficiency) };
        return SessionMoments.Of(tried, place, vehicles, Weeks, seed, 1);
    }

    private ChargingUtility WeightsAt(double[] at) => weights with { Constant = at[0], Soc = at[1], Gain = at[2] };
}
