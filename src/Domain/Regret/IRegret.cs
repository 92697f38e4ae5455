namespace Movc.Domain.Regret;

/// <summary>What a running city kept of the possible gain.</summary>
public interface IRegret
{
    /// <summary>The newest reckoning; null before the first.</summary>
    RegretView? Latest { get; }
}
