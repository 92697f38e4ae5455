using System.Text;
using Google.Protobuf.Reflection;
using Movc.Domain.Events;

namespace Movc.EventLog.Wire;

/// <summary>
/// Every version of every vehicle event that this program reads: its stored name (CloudEvents type), its type and its message. CLR
/// names may change, stored names and numbers never do. A new version is a line here, its layout (<see cref="PayloadLayout"/>), what
/// its predecessor means in its terms (<see cref="EventUpcast"/>), a golden payload and a line of movc.event_types.
/// </summary>
public static class EventSchemas
{
    /// <summary>A source tells that everything before <c>at_ms</c> has been sent to this partition.</summary>
    public const string SourceProgressed = "movc.source.progressed.v1";

    /// <summary>The same, UTF-8.</summary>
    public static ReadOnlySpan<byte> SourceProgressedUtf8 => "movc.source.progressed.v1"u8;

    /// <summary>In the order of their numbers, from 1; of a type the later is the newer.</summary>
    private static readonly (VehicleEventType Type, string Name, MessageDescriptor Message)[] All =
    [
        (VehicleEventType.Registered, "movc.vehicle.registered.v1", V1.VehicleRegistered.Descriptor),
        (VehicleEventType.LocationReported, "movc.vehicle.location-reported.v1", V1.LocationReported.Descriptor),
        (VehicleEventType.Departed, "movc.vehicle.departed.v1", V1.VehicleDeparted.Descriptor),
        (VehicleEventType.Arrived, "movc.vehicle.arrived.v1", V1.VehicleArrived.Descriptor),
        (VehicleEventType.PluggedIn, "movc.vehicle.plugged-in.v1", V1.VehiclePluggedIn.Descriptor),
        (VehicleEventType.Unplugged, "movc.vehicle.unplugged.v1", V1.VehicleUnplugged.Descriptor),
        (VehicleEventType.EnergyMetered, "movc.vehicle.energy-metered.v1", V1.EnergyMetered.Descriptor),
        (VehicleEventType.ConsentChanged, "movc.vehicle.consent-changed.v1", V1.ConsentChanged.Descriptor),
        (VehicleEventType.SetpointRejected, "movc.vehicle.setpoint-rejected.v1", V1.SetpointException.Descriptor),
        (VehicleEventType.SetpointTimedOut, "movc.vehicle.setpoint-timed-out.v1", V1.SetpointException.Descriptor),
        (VehicleEventType.SetpointNotFollowed, "movc.vehicle.setpoint-not-followed.v1", V1.SetpointException.Descriptor),
        (VehicleEventType.DeliveryReported, "movc.vehicle.delivery-reported.v1", V1.DeliveryReported.Descriptor),
        (VehicleEventType.DeliveryReported, "movc.vehicle.delivery-reported.v2", V2.DeliveryReported.Descriptor),
    ];

    private static readonly byte[][] Utf8Names = [[], .. All.Select(a => Encoding.UTF8.GetBytes(a.Name))];
    private static readonly EventSchema[] Newest = BuildNewest();

    /// <summary>Whether a stored number is one of them; a store may have been written by a later version of the program.</summary>
    public static bool IsKnown(EventSchema schema) => schema > EventSchema.None && (int)schema <= All.Length;

    /// <summary>Stored name of a schema.</summary>
    public static string Name(EventSchema schema) => All[(int)schema - 1].Name;

    /// <summary>Stored name of a schema, UTF-8.</summary>
    public static ReadOnlySpan<byte> Utf8(EventSchema schema) => Utf8Names[(int)schema];

    /// <summary>Protobuf message of a schema.</summary>
    public static MessageDescriptor Message(EventSchema schema) => All[(int)schema - 1].Message;

    /// <summary>What a payload of a schema tells of.</summary>
    public static VehicleEventType TypeOf(EventSchema schema) => All[(int)schema - 1].Type;

    /// <summary>The schema in which an event of a type is written: its newest.</summary>
    public static EventSchema Of(VehicleEventType type) => Newest[(int)type];

    /// <summary>The schema with the stored name, or false; no allocation.</summary>
    public static bool TryParse(ReadOnlySpan<byte> name, out EventSchema schema)
    {
        // A dozen names of mostly different lengths: a scan with a length check first beats hashing the text.
        for (int i = 1; i < Utf8Names.Length; i++)
        {
            if (!name.SequenceEqual(Utf8Names[i])) continue;
            schema = (EventSchema)i;
            return true;
        }
        schema = default;
        return false;
    }

    /// <summary>Why a name is none of them: a type that nobody knows, or a version of a known type that is none.</summary>
    public static Refusal Unknown(string name)
    {
        int stem = name.LastIndexOf(".v", StringComparison.Ordinal);
        string[] known = [.. All.Select(a => a.Name).Where(n => stem > 0 && n.LastIndexOf(".v", StringComparison.Ordinal) == stem && n.StartsWith(name[..stem], StringComparison.Ordinal)).Select(n => n[(stem + 1)..])];
        return new Refusal(
            DeadLetterReason.UnknownType,
            known.Length == 0 ? $"\"{name}\" is not a type of vehicle event" : $"\"{name}\" is a version that this program does not know; it reads {string.Join(" and ", known)}");
    }

    private static EventSchema[] BuildNewest()
    {
        var newest = new EventSchema[All.Max(a => (int)a.Type) + 1];
        for (int i = 0; i < All.Length; i++) newest[(int)All[i].Type] = (EventSchema)(i + 1);
        return newest;
    }
}
