using Movc.Domain.Sources;

namespace Movc.Domain.Queries;

/// <summary>What this run of the twin is. Safe to read from any thread; values may change while it runs.</summary>
public interface IRunInfo
{
    /// <summary>Name of the city.</summary>
    string City { get; }

    /// <summary>IANA zone in which people read the times.</summary>
    string TimeZone { get; }

    /// <summary>Where the events come from.</summary>
    CityMode Mode { get; }

    /// <summary>City seconds per wall second; null = as fast as it goes.</summary>
    double? Speed { get; }

    RunState State { get; }

    /// <summary>Wall-clock time since which <see cref="State"/> stands.</summary>
    DateTimeOffset StateSince { get; }

    /// <summary>One line that says why the state is Failed; empty otherwise.</summary>
    string Failure { get; }

    /// <summary>What the load curve is.</summary>
    string LoadSource { get; }

    /// <summary>Marks of assumed inputs: [G] own estimate, [P] published, [S] stated by the paper.</summary>
    IReadOnlyList<string> Assumptions { get; }
}
