using Movc.Domain.Events;

namespace Movc.EventLog.Wire;

/// <summary>What an event of an old version means in the terms of its type's newest. Stored payloads stay as they came; this is applied whenever one is read.</summary>
internal static class EventUpcast
{
    /// <summary>The event in the newest version's terms; as it is where it is of that version.</summary>
    public static VehicleEvent ToNewest(EventSchema schema, in VehicleEvent e) => schema switch
    {
        // Version 1's energy_wh was what the period had delivered to some senders and what stood in the battery afterwards to others.
        // Which of the two it is cannot be told from the number, so that neither is believed.
        EventSchema.DeliveryReportedV1 => e with { EnergyWh = null },
        _ => e,
    };
}
