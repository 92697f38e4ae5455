using Movc.Domain.Randomness;
using Movc.Ingest.Simulation.Parameters;

namespace Movc.Ingest.Simulation;

/// <summary>Draws (start, duration) of the block away from home from its Gaussian mixture (model.md §3).</summary>
internal sealed class BlockSampler
{
    private const int MinutesPerDay = 1440;
    private readonly TourParameters _tour;
    private readonly double[] _cumulatedWeight;
    private readonly double[] _startMean;
    private readonly double[] _durationMean;

    // Lower Cholesky factor of each covariance: start = mean + a·z1, duration = mean + b·z1 + c·z2.
    private readonly double[] _a;
    private readonly double[] _b;
    private readonly double[] _c;

    public BlockSampler(TourParameters tour)
    {
        _tour = tour;
        double sum = 0;
        _cumulatedWeight = tour.Blocks.Select(b => sum += b.Weight).ToArray();
        _startMean = tour.Blocks.Select(b => b.StartMeanMin).ToArray();
        _durationMean = tour.Blocks.Select(b => b.DurationMeanMin).ToArray();
        _a = tour.Blocks.Select(b => Math.Sqrt(b.StartVarianceMin2)).ToArray();
        _b = tour.Blocks.Select(b => b.CovarianceMin2 / Math.Sqrt(b.StartVarianceMin2)).ToArray();
        _c = tour.Blocks.Select((b, i) => Math.Sqrt(Math.Max(0, b.DurationVarianceMin2 - _b[i] * _b[i]))).ToArray();
    }

    public double Probability(int day) => DayClock.IsWeekend(day) ? _tour.ProbabilityWeekend : _tour.ProbabilityWeekday;

    /// <summary>Start, seconds from local midnight, under 86,400, and duration, seconds; drawn again until both lie in their ranges.</summary>
    public (int StartSecond, int DurationSeconds) Draw(ref CounterRandom random, int longestRedraw)
    {
        for (int i = 0; ; i++)
        {
            double uniform = random.NextUniform();
            int component = 0;
            while (component < _cumulatedWeight.Length - 1 && uniform >= _cumulatedWeight[component]) component++;
            (double z1, double z2) = random.NextNormals();
            double start = _startMean[component] + _a[component] * z1;
            double duration = _durationMean[component] + _b[component] * z1 + _c[component] * z2;
            bool accepted = start is >= 0 and < MinutesPerDay && duration >= _tour.DurationMinMin && duration <= _tour.DurationMaxMin;
            // The means lie inside the ranges, so hundreds of refusals in a row do not happen; the mean keeps the loop finite all the same.
            if (!accepted && i == longestRedraw) (start, duration, accepted) = (_startMean[component], _durationMean[component], true);
            if (accepted) return ((int)(start * 60), (int)(duration * 60));
        }
    }
}
