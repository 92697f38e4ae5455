using System.Text;
using Movc.Domain.Events;

namespace Movc.EventLog.Wire;

/// <summary>Stored names (CloudEvents type) of the vehicle events; the CLR names may change, these never do.</summary>
public static class EventTypeNames
{
    /// <summary>A source tells that everything before <c>at_ms</c> has been sent to this partition.</summary>
    public const string SourceProgressed = "movc.source.progressed.v1";

    /// <summary>The same, UTF-8.</summary>
    public static ReadOnlySpan<byte> SourceProgressedUtf8 => "movc.source.progressed.v1"u8;

    private static readonly (VehicleEventType Type, string Name)[] All =
    [
        (VehicleEventType.Registered, "movc.vehicle.registered.v1"),
        (VehicleEventType.LocationReported, "movc.vehicle.location-reported.v1"),
        (VehicleEventType.Departed, "movc.vehicle.departed.v1"),
        (VehicleEventType.Arrived, "movc.vehicle.arrived.v1"),
        (VehicleEventType.PluggedIn, "movc.vehicle.plugged-in.v1"),
        (VehicleEventType.Unplugged, "movc.vehicle.unplugged.v1"),
        (VehicleEventType.EnergyMetered, "movc.vehicle.energy-metered.v1"),
        (VehicleEventType.ConsentChanged, "movc.vehicle.consent-changed.v1"),
        (VehicleEventType.SetpointRejected, "movc.vehicle.setpoint-rejected.v1"),
        (VehicleEventType.SetpointTimedOut, "movc.vehicle.setpoint-timed-out.v1"),
        (VehicleEventType.SetpointNotFollowed, "movc.vehicle.setpoint-not-followed.v1"),
        (VehicleEventType.DeliveryReported, "movc.vehicle.delivery-reported.v1"),
    ];

    private static readonly string[] Names = BuildNames();
    private static readonly byte[][] Utf8Names = [.. Names.Select(n => n is null ? [] : Encoding.UTF8.GetBytes(n))];
    private static readonly Dictionary<string, VehicleEventType> Types = All.ToDictionary(a => a.Name, a => a.Type, StringComparer.Ordinal);

    /// <summary>Stored name of a type.</summary>
    public static string Of(VehicleEventType type) => Names[(int)type];

    /// <summary>Stored name of a type, UTF-8.</summary>
    public static ReadOnlySpan<byte> Utf8(VehicleEventType type) => Utf8Names[(int)type];

    /// <summary>The type with the stored name, or false.</summary>
    public static bool TryParse(string name, out VehicleEventType type) => Types.TryGetValue(name, out type);

    /// <summary>The type with the stored name, or false; no allocation.</summary>
    public static bool TryParse(ReadOnlySpan<byte> name, out VehicleEventType type)
    {
        // Twelve names of mostly different lengths: a scan with a length check first beats hashing the text.
        for (int i = 1; i < Utf8Names.Length; i++)
        {
            if (!name.SequenceEqual(Utf8Names[i])) continue;
            type = (VehicleEventType)i;
            return true;
        }
        type = default;
        return false;
    }

    private static string[] BuildNames()
    {
        var names = new string[All.Max(a => (int)a.Type) + 1];
        foreach ((VehicleEventType type, string name) in All) names[(int)type] = name;
        return names;
    }
}
