namespace Movc.Domain.Places;

/// <summary>Gamma density of a straight-line distance, up to its constant: d^(α−1)·exp(−d/θ) (MOVC Eq. 2).</summary>
/// <param name="Shape">α, over 0, at most 10.</param>
/// <param name="ScaleKm">θ, km, over 0; the density's mean is α·θ.</param>
public readonly record struct GammaDistance(double Shape, double ScaleKm)
{
    /// <summary>Places are not nearer to each other than a cell: a shape under 1 must not run away at 0.</summary>
    public const double NearestKm = 0.3;

    /// <summary>The density over a reference, for a distance of <paramref name="km"/>.</summary>
    public double At(double km)
    {
        double d = Math.Max(km, NearestKm);
        double decay = Math.Exp(-d / ScaleKm);
        return Shape is 1 ? decay : Math.Pow(d, Shape - 1) * decay;
    }

    /// <summary>The largest value that <see cref="At"/> takes between two distances.</summary>
    public double Largest(double fromKm, double toKm)
    {
        double mode = (Shape - 1) * ScaleKm;
        return At(Math.Clamp(mode, fromKm, Math.Max(fromKm, toKm)));
    }
}
