using Movc.Domain.Randomness;

namespace Movc.Domain.Mobility;

/// <summary>How a positive parameter differs between vehicles.</summary>
/// <param name="Median">Over 0, in the parameter's unit.</param>
/// <param name="Sigma">Standard deviation of the logarithm, 0 or more.</param>
public readonly record struct LogNormal(double Median, double Sigma)
{
    public double At(double z) => Median * Math.Exp(Sigma * z);

    public double Draw(ref CounterRandom random) => At(random.NextNormals().First);
}
