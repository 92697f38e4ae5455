using System.Numerics;

namespace Movc.RollingOptimizer.Forecast;

/// <summary>
/// Least squares with exponential forgetting, by its normal equations: they stay positive semidefinite whatever comes, which the
/// recursion of the inverse does not. Solved by Cholesky with every feature scaled to unit length and a ridge on the diagonal, so that
/// the units of the series do not matter and features that say the same share their weight.
/// </summary>
internal sealed class ForgettingRegression(int features, double keep, double ridge)
{
    // Shorter than this a feature was always 0, or as good as: its weight is 0.
    private const double Nothing = 1e-250;

    private readonly double[] _gram = new double[features * features];
    private readonly double[] _moment = new double[features];

    /// <summary>Takes one sample; costs features²/2 multiplications.</summary>
    public void Learn(ReadOnlySpan<double> x, double target, double weight)
    {
        for (int i = 0; i < x.Length; i++)
        {
            double xi = weight * x[i];
            Span<double> row = _gram.AsSpan(i * features, i + 1);
            int j = 0;
            // Element by element, so the bits do not depend on the width.
            for (; j <= row.Length - Vector<double>.Count; j += Vector<double>.Count)
                ((new Vector<double>(row[j..]) * keep) + (new Vector<double>(x[j..]) * xi)).CopyTo(row[j..]);
            for (; j < row.Length; j++) row[j] = (row[j] * keep) + (xi * x[j]);
            _moment[i] = (_moment[i] * keep) + (xi * target);
        }
    }

    /// <summary>Writes the weights.</summary>
    /// <param name="weights">As many as features.</param>
    /// <param name="work">Room of features · (features + 1).</param>
    public void Solve(Span<double> weights, Span<double> work)
    {
        Span<double> factor = work[..(features * features)];
        Span<double> scale = work.Slice(features * features, features);
        for (int i = 0; i < features; i++)
        {
            double length = _gram[(i * features) + i];
            scale[i] = length > Nothing ? 1 / Math.Sqrt(length) : 0;
        }
        for (int i = 0; i < features; i++)
        {
            Span<double> row = factor.Slice(i * features, features);
            for (int j = 0; j <= i; j++)
            {
                double sum = i == j ? 1 + ridge : _gram[(i * features) + j] * scale[i] * scale[j];
                ReadOnlySpan<double> other = factor.Slice(j * features, features);
                for (int k = 0; k < j; k++) sum -= row[k] * other[k];
                // The ridge keeps pivots over itself; the floor is for rounding alone.
                row[j] = i == j ? Math.Sqrt(Math.Max(sum, ridge * .5)) : sum / other[j];
            }
        }
        for (int i = 0; i < features; i++)
        {
            double sum = _moment[i] * scale[i];
            for (int k = 0; k < i; k++) sum -= factor[(i * features) + k] * weights[k];
            weights[i] = sum / factor[(i * features) + i];
        }
        for (int i = features - 1; i >= 0; i--)
        {
            double sum = weights[i];
            for (int k = i + 1; k < features; k++) sum -= factor[(k * features) + i] * weights[k];
            weights[i] = sum / factor[(i * features) + i];
        }
        for (int i = 0; i < features; i++) weights[i] *= scale[i];
    }
}
