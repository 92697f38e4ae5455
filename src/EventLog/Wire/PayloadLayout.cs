using Movc.Domain.Events;

namespace Movc.EventLog.Wire;

/// <summary>Which field of a flat event stands under which number of a schema's message (docs/events/catalogue.md, vehicle_events.proto).</summary>
internal static class PayloadLayout
{
    /// <summary>Field numbers of these messages are small, so that a tag is one byte.</summary>
    public const int MaxField = 15;

    private static readonly Field[][] BySchema = Build();

    /// <summary>What a number stands for; <see cref="Field.None"/> = of a later version, or kept in the payload alone.</summary>
    public static Field Of(EventSchema schema, uint number) => number <= MaxField ? BySchema[(int)schema][number] : Field.None;

    /// <summary>Fields of a schema by their number.</summary>
    public static ReadOnlySpan<Field> Of(EventSchema schema) => BySchema[(int)schema];

    public static bool IsZigZag(Field field) => field is Field.LatitudeE7 or Field.LongitudeE7 or Field.PowerW or Field.DeliveredWh;

    /// <summary>Fields of 64 bits; the others have 32.</summary>
    public static bool IsLong(Field field) => field is Field.DeclaredDepartureMs or Field.DeliveredFromMs or Field.SetpointAtMs;

    private static Field[][] Build()
    {
        Field[] setpointException = [Field.None, Field.SetpointAtMs, Field.PowerW];
        Field[] move = [Field.None, Field.Place, Field.EnergyWh, Field.StateOfChargePpm, Field.LatitudeE7, Field.LongitudeE7];
        Field[][] layouts =
        [
            [],
            [Field.None, Field.CapacityWh, Field.EnergyWh, Field.StateOfChargePpm, Field.Consent, Field.LatitudeE7, Field.LongitudeE7],
            [Field.None, Field.LatitudeE7, Field.LongitudeE7, Field.EnergyWh, Field.StateOfChargePpm],
            move,
            [.. move, Field.EnergyUsedWh],
            [
                Field.None, Field.MaxChargeW, Field.MaxDischargeW, Field.EnergyWh, Field.StateOfChargePpm, Field.Place, Field.DeclaredDepartureMs,
                Field.NeededAtDepartureWh, Field.UnmanagedChargeW, Field.UnmanagedStart,
            ],
            [Field.None, Field.EnergyWh, Field.StateOfChargePpm],
            [Field.None, Field.EnergyWh, Field.StateOfChargePpm, Field.PowerW],
            [Field.None, Field.Consent],
            setpointException,
            setpointException,
            setpointException,
            [Field.None, Field.PowerW, Field.EnergyWh],
            [Field.None, Field.PowerW, Field.DeliveredWh, Field.DeliveredFromMs],
        ];
        foreach (ref Field[] layout in layouts.AsSpan()) Array.Resize(ref layout, MaxField + 1);
        return layouts;
    }

    internal enum Field : byte
    {
        None = 0,
        CapacityWh = 1,
        EnergyWh = 2,
        EnergyUsedWh = 3,
        StateOfChargePpm = 4,
        MaxChargeW = 5,
        MaxDischargeW = 6,
        UnmanagedChargeW = 7,
        UnmanagedStart = 8,
        PowerW = 9,
        LatitudeE7 = 10,
        LongitudeE7 = 11,
        Place = 12,
        Consent = 13,
        DeclaredDepartureMs = 14,
        NeededAtDepartureWh = 15,
        DeliveredWh = 16,
        DeliveredFromMs = 17,
        SetpointAtMs = 18,
    }
}
