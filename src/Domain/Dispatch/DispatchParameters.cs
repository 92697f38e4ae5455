namespace Movc.Domain.Dispatch;

/// <summary>Parameters of the dispatch that the paper states (model.md §6), in one place.</summary>
public static class DispatchParameters
{
    /// <summary>One-way efficiency η [S].</summary>
    public const double Efficiency = 0.9;

    /// <summary>Weight λ of throughput [S].</summary>
    public const double Lambda = 0.15;

    /// <summary>How long a setpoint stays valid, in intervals [G]: two lost intervals are bridged, then the vehicle charges.</summary>
    public const int SetpointValidSlots = 3;
}
