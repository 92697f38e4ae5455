namespace Movc.Studies.Validation;

/// <summary>One target and what the simulation came to.</summary>
/// <param name="Quantity">Name with its unit.</param>
/// <param name="Target">Wanted.</param>
/// <param name="Low">Smallest value that passes.</param>
/// <param name="High">Largest value that passes.</param>
/// <param name="Got">Simulated: the median where several seeds ran.</param>
/// <param name="GotLow">Smallest over the seeds.</param>
/// <param name="GotHigh">Largest over the seeds.</param>
public sealed record TargetVerdict(string Quantity, double Target, double Low, double High, double Got, double GotLow, double GotHigh)
{
    /// <summary>Whether the median lies inside; a value that is no number never does.</summary>
    public bool Passes => Got >= Low && Got <= High;
}
