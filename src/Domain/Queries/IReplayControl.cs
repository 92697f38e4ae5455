namespace Movc.Domain.Queries;

/// <summary>Controls a replay while it runs. Every member is called from many threads.</summary>
public interface IReplayControl
{
    /// <summary>Where it stands.</summary>
    ReplayView View { get; }

    /// <summary>Does what it is told and returns at once; a seek goes on in the background.</summary>
    /// <exception cref="InputException">The command makes no sense; says why and what would.</exception>
    ReplayView Do(ReplayCommand command);
}
