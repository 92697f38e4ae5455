namespace Movc.Domain.Queries;

/// <summary>What an aggregate is made of, by the quality of the newest event of each vehicle in it: shares of 0 to 1 that add up to 1, or are all 0 where there is nothing.</summary>
/// <param name="Measured">Good, and heard of lately.</param>
/// <param name="Stale">Told so by its source, or not heard of for <see cref="StaleAfterHours"/>.</param>
/// <param name="Imputed">Simulated or substituted.</param>
/// <param name="Invalid">Marked invalid by its source.</param>
/// <param name="Blocked">Marked blocked by its source.</param>
public sealed record QualityShares(double Measured, double Stale, double Imputed, double Invalid, double Blocked)
{
    /// <summary>A vehicle of which nothing was heard for longer is stale, hours [G]: standing cars tell little, two days without a word are more than a weekend at home.</summary>
    public const int StaleAfterHours = 48;

    /// <summary>Of nothing.</summary>
    public static QualityShares None { get; } = new(0, 0, 0, 0, 0);

    /// <summary>Of parts of different weight.</summary>
    public static QualityShares Mean(IEnumerable<(QualityShares Shares, double Weight)> parts)
    {
        (double measured, double stale, double imputed, double invalid, double blocked, double all) = (0, 0, 0, 0, 0, 0);
        foreach ((QualityShares s, double weight) in parts)
        {
            measured += s.Measured * weight;
            stale += s.Stale * weight;
            imputed += s.Imputed * weight;
            invalid += s.Invalid * weight;
            blocked += s.Blocked * weight;
            all += weight;
        }
        return all <= 0 ? None : new QualityShares(measured / all, stale / all, imputed / all, invalid / all, blocked / all);
    }
}
