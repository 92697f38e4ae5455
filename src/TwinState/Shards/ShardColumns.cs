using Movc.Domain.Charging;
using Movc.Domain.Events;
using Movc.Domain.Fleet;

namespace Movc.TwinState.Shards;

/// <summary>
/// State of a shard's vehicles, one array a field, indexed by the vehicle's local index. Grouped by what is read together:
/// <code>
/// identity  Version LastEventMs LastSequence Flags Consent Quality          every event, the state hash
/// battery   CapacityWh ReportedWh EnergyMilliWh EnergyAtMs     every event, every interval
/// stay      PluggedAtMs ChargeOnlyMilliWh MaxChargeW MaxDischargeW UnmanagedW UnmanagedStart DepartureMs NeededWh     every interval
/// setpoint  SetpointW SetpointUntilMs                          every interval
/// place     LatitudeE7 LongitudeE7 Place                       queries, maps
/// </code>
/// 101 bytes a vehicle. One writer.
/// </summary>
internal sealed class ShardColumns
{
    public const byte Plugged = 1;

    /// <summary>Between places: it departed and has not arrived.</summary>
    public const byte Driving = 2;

    /// <summary>What is in the battery is known: nothing was driven since that nobody told the use of.</summary>
    public const byte EnergyKnown = 4;

    public int Count { get; private set; }

    public int[] Version = [];
    public long[] LastEventMs = [];

    /// <summary>Journal sequence of the vehicle's newest event, 0 = none.</summary>
    public long[] LastSequence = [];
    public byte[] Flags = [];
    public V2gStrategy[] Consent = [];
    public Quality[] Quality = [];

    public int[] CapacityWh = [];

    /// <summary>Energy as last reported less what trips were told to have used since, Wh: what the state hash covers. May fall below 0, as what was charged between is not reported.</summary>
    public int[] ReportedWh = [];

    /// <summary>Energy estimated under the setpoints, 1/1,000 Wh, at <see cref="EnergyAtMs"/>.</summary>
    public int[] EnergyMilliWh = [];
    public long[] EnergyAtMs = [];

    public long[] PluggedAtMs = [];

    /// <summary>Energy under Charge Only, 1/1,000 Wh: at plug-in while plugged in, else now.</summary>
    public int[] ChargeOnlyMilliWh = [];
    public int[] MaxChargeW = [];
    public int[] MaxDischargeW = [];

    /// <summary>Power while nobody dispatches it, W.</summary>
    public int[] UnmanagedW = [];
    public UnmanagedStart[] UnmanagedStart = [];

    /// <summary>Declared departure, 0 = unknown.</summary>
    public long[] DepartureMs = [];
    public int[] NeededWh = [];

    public int[] SetpointW = [];

    /// <summary>End of the standing setpoint, 0 = none.</summary>
    public long[] SetpointUntilMs = [];

    public int[] LatitudeE7 = [];
    public int[] LongitudeE7 = [];

    /// <summary>0 = not known, or driving.</summary>
    public PlaceKind[] Place = [];

    public bool IsPlugged(int vehicle) => (Flags[vehicle] & Plugged) != 0;

    public bool IsEnergyKnown(int vehicle) => (Flags[vehicle] & EnergyKnown) != 0;

    public bool IsDriving(int vehicle) => (Flags[vehicle] & Driving) != 0;

    public void Set(int vehicle, byte flag) => Flags[vehicle] |= flag;

    public void Clear(int vehicle, byte flag) => Flags[vehicle] &= unchecked((byte)~flag);

    /// <summary>Makes room for one more vehicle.</summary>
    public void Add()
    {
        if (Count == Version.Length) Grow(Math.Max(1024, Count * 2));
        Count++;
    }

    private void Grow(int size)
    {
        Array.Resize(ref Version, size);
        Array.Resize(ref LastEventMs, size);
        Array.Resize(ref LastSequence, size);
        Array.Resize(ref Flags, size);
        Array.Resize(ref Consent, size);
        Array.Resize(ref Quality, size);
        Array.Resize(ref CapacityWh, size);
        Array.Resize(ref ReportedWh, size);
        Array.Resize(ref EnergyMilliWh, size);
        Array.Resize(ref EnergyAtMs, size);
        Array.Resize(ref PluggedAtMs, size);
        Array.Resize(ref ChargeOnlyMilliWh, size);
        Array.Resize(ref MaxChargeW, size);
        Array.Resize(ref MaxDischargeW, size);
        Array.Resize(ref UnmanagedW, size);
        Array.Resize(ref UnmanagedStart, size);
        Array.Resize(ref DepartureMs, size);
        Array.Resize(ref NeededWh, size);
        Array.Resize(ref SetpointW, size);
        Array.Resize(ref SetpointUntilMs, size);
        Array.Resize(ref LatitudeE7, size);
        Array.Resize(ref LongitudeE7, size);
        Array.Resize(ref Place, size);
    }
}
