namespace Movc.EventLog;

/// <summary>Names of the topics; versioned, never reused.</summary>
public static class Topics
{
    public const string VehicleEvents = "movc.vehicle-events.v1";
    public const string Setpoints = "movc.setpoints.v1";
    public const string SetpointAcks = "movc.setpoint-acks.v1";
    public const string Fleet = "movc.fleet.v1";
    public const string Plans = "movc.plans.v1";
    public const string DeadLetter = "movc.dead-letter.v1";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [VehicleEvents, Setpoints, SetpointAcks, Fleet, Plans, DeadLetter];
}
