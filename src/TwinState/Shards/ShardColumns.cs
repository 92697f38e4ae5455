using Movc.Domain.Charging;
using Movc.Domain.Events;
using Movc.Domain.Fleet;
using Movc.Domain.Habits;
using Movc.TwinState.Snapshots;

namespace Movc.TwinState.Shards;

/// <summary>
/// State of a shard's vehicles, one array a field, indexed by the vehicle's local index. Grouped by what is read together:
/// <code>
/// identity  Version LastEventMs LastSequence Flags Consent Quality          every event, the state hash
/// battery   CapacityWh ReportedWh EnergyMilliWh EnergyAtMs     every event, every interval
/// stay      PluggedAtMs ChargeOnlyMilliWh MaxChargeW MaxDischargeW UnmanagedW UnmanagedStart DepartureMs NeededWh     every interval
/// setpoint  SetpointW SetpointUntilMs                          every interval
/// place     LatitudeE7 LongitudeE7 Place                       queries, maps
/// district  District IsNew                                     every interval; not part of an image: they follow from the others
/// news      PlugToldMs EnergyToldMs EnergyReportMs PlaceToldMs PositionToldMs ConsentToldMs     events
/// </code>
/// 154 bytes a vehicle, and 79 of <see cref="Habits"/>. One writer. What is told of one aspect of a vehicle moves only forward in event time: each aspect knows
/// how new its news is, and older news is history alone.
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

    /// <summary>Energy asked for at departure, Wh, 0 = not told.</summary>
    public int[] NeededWh = [];

    public int[] SetpointW = [];

    /// <summary>End of the standing setpoint, 0 = none.</summary>
    public long[] SetpointUntilMs = [];

    public int[] LatitudeE7 = [];
    public int[] LongitudeE7 = [];

    /// <summary>0 = not known, or driving.</summary>
    public PlaceKind[] Place = [];

    /// <summary>Index of the district of the position, −1 = in none.</summary>
    public int[] District = [];

    /// <summary>Whether it came to the plug within the present interval, so that no setpoint could be sent to it yet.</summary>
    public bool[] IsNew = [];

    /// <summary>Instant of the newest fact about the plug: plugged in, unplugged, departed. Unix milliseconds UTC, 0 = none; so are those below.</summary>
    public long[] PlugToldMs = [];

    /// <summary>Of the newest energy or use.</summary>
    public long[] EnergyToldMs = [];

    /// <summary>Of the newest energy: trips after it are taken off it, trips before it are in it.</summary>
    public long[] EnergyReportMs = [];

    public long[] PlaceToldMs = [];
    public long[] PositionToldMs = [];
    public long[] ConsentToldMs = [];

    /// <summary>When vehicles of consenting owners are away from the plug, as far as was seen.</summary>
    public HabitColumns Habits { get; } = new();

    public bool IsPlugged(int vehicle) => (Flags[vehicle] & Plugged) != 0;

    /// <summary>True for a vehicle that a dispatch may use: plugged in, consenting, its departure declared or its habits known.</summary>
    public bool IsAvailable(int vehicle) => IsPlugged(vehicle) && Consent[vehicle] != V2gStrategy.ChargeOnly && (DepartureMs[vehicle] != 0 || NeededWh[vehicle] > 0);

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

    /// <summary>Adds a vehicle that is as another shard's columns have it.</summary>
    public void Add(ShardColumns from, int vehicle)
    {
        Add();
        int i = Count - 1;
        (Version[i], LastEventMs[i], LastSequence[i], Flags[i], Consent[i], Quality[i]) =
            (from.Version[vehicle], from.LastEventMs[vehicle], from.LastSequence[vehicle], from.Flags[vehicle], from.Consent[vehicle], from.Quality[vehicle]);
        (CapacityWh[i], ReportedWh[i], EnergyMilliWh[i], EnergyAtMs[i]) = (from.CapacityWh[vehicle], from.ReportedWh[vehicle], from.EnergyMilliWh[vehicle], from.EnergyAtMs[vehicle]);
        (PluggedAtMs[i], ChargeOnlyMilliWh[i], MaxChargeW[i], MaxDischargeW[i]) = (from.PluggedAtMs[vehicle], from.ChargeOnlyMilliWh[vehicle], from.MaxChargeW[vehicle], from.MaxDischargeW[vehicle]);
        (UnmanagedW[i], UnmanagedStart[i], DepartureMs[i], NeededWh[i]) = (from.UnmanagedW[vehicle], from.UnmanagedStart[vehicle], from.DepartureMs[vehicle], from.NeededWh[vehicle]);
        (SetpointW[i], SetpointUntilMs[i], LatitudeE7[i], LongitudeE7[i], Place[i]) =
            (from.SetpointW[vehicle], from.SetpointUntilMs[vehicle], from.LatitudeE7[vehicle], from.LongitudeE7[vehicle], from.Place[vehicle]);
        (PlugToldMs[i], EnergyToldMs[i], EnergyReportMs[i]) = (from.PlugToldMs[vehicle], from.EnergyToldMs[vehicle], from.EnergyReportMs[vehicle]);
        (PlaceToldMs[i], PositionToldMs[i], ConsentToldMs[i]) = (from.PlaceToldMs[vehicle], from.PositionToldMs[vehicle], from.ConsentToldMs[vehicle]);
        Habits.Copy(from.Habits, vehicle, i);
    }

    /// <summary>Writes every column, for an image of the shard.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="habitColumns">How many of the habits' columns are written; before format 3 there were none.</param>
    public void Save(ImageWriter writer, int habitColumns)
    {
        writer.Write<int>(Version.AsSpan(0, Count));
        writer.Write<long>(LastEventMs.AsSpan(0, Count));
        writer.Write<long>(LastSequence.AsSpan(0, Count));
        writer.Write<byte>(Flags.AsSpan(0, Count));
        writer.Write<V2gStrategy>(Consent.AsSpan(0, Count));
        writer.Write<Quality>(Quality.AsSpan(0, Count));
        writer.Write<int>(CapacityWh.AsSpan(0, Count));
        writer.Write<int>(ReportedWh.AsSpan(0, Count));
        writer.Write<int>(EnergyMilliWh.AsSpan(0, Count));
        writer.WriteSince(EnergyAtMs.AsSpan(0, Count), LastEventMs.AsSpan(0, Count));
        writer.WriteSince(PluggedAtMs.AsSpan(0, Count), LastEventMs.AsSpan(0, Count));
        writer.Write<int>(ChargeOnlyMilliWh.AsSpan(0, Count));
        writer.Write<int>(MaxChargeW.AsSpan(0, Count));
        writer.Write<int>(MaxDischargeW.AsSpan(0, Count));
        writer.Write<int>(UnmanagedW.AsSpan(0, Count));
        writer.Write<UnmanagedStart>(UnmanagedStart.AsSpan(0, Count));
        writer.WriteSince(DepartureMs.AsSpan(0, Count), LastEventMs.AsSpan(0, Count));
        writer.Write<int>(NeededWh.AsSpan(0, Count));
        writer.Write<int>(SetpointW.AsSpan(0, Count));
        writer.WriteSince(SetpointUntilMs.AsSpan(0, Count), LastEventMs.AsSpan(0, Count));
        writer.Write<int>(LatitudeE7.AsSpan(0, Count));
        writer.Write<int>(LongitudeE7.AsSpan(0, Count));
        writer.Write<PlaceKind>(Place.AsSpan(0, Count));
        writer.WriteSince(PlugToldMs.AsSpan(0, Count), LastEventMs.AsSpan(0, Count));
        writer.WriteSince(EnergyToldMs.AsSpan(0, Count), LastEventMs.AsSpan(0, Count));
        writer.WriteSince(EnergyReportMs.AsSpan(0, Count), LastEventMs.AsSpan(0, Count));
        writer.WriteSince(PlaceToldMs.AsSpan(0, Count), LastEventMs.AsSpan(0, Count));
        writer.WriteSince(PositionToldMs.AsSpan(0, Count), LastEventMs.AsSpan(0, Count));
        writer.WriteSince(ConsentToldMs.AsSpan(0, Count), LastEventMs.AsSpan(0, Count));
        for (int column = 0; column < habitColumns; column++) writer.Write<byte>(Habits.Bytes(column, Count));
    }

    /// <summary>Reads what <see cref="Save"/> wrote for as many vehicles as there are.</summary>
    /// <param name="reader">At the first column.</param>
    /// <param name="isSince">Whether times are written as what they differ from the vehicle's last event by; format 1 had them as they are.</param>
    /// <param name="habitColumns">How many of the habits' columns are there.</param>
    public void Load(ref ImageReader reader, bool isSince, int habitColumns)
    {
        reader.Column(Version.AsSpan(0, Count));
        reader.Column(LastEventMs.AsSpan(0, Count));
        reader.Column(LastSequence.AsSpan(0, Count));
        reader.Column(Flags.AsSpan(0, Count));
        reader.Column(Consent.AsSpan(0, Count));
        reader.Column(Quality.AsSpan(0, Count));
        reader.Column(CapacityWh.AsSpan(0, Count));
        reader.Column(ReportedWh.AsSpan(0, Count));
        reader.Column(EnergyMilliWh.AsSpan(0, Count));
        reader.ColumnSince(EnergyAtMs.AsSpan(0, Count), isSince ? LastEventMs.AsSpan(0, Count) : default);
        reader.ColumnSince(PluggedAtMs.AsSpan(0, Count), isSince ? LastEventMs.AsSpan(0, Count) : default);
        reader.Column(ChargeOnlyMilliWh.AsSpan(0, Count));
        reader.Column(MaxChargeW.AsSpan(0, Count));
        reader.Column(MaxDischargeW.AsSpan(0, Count));
        reader.Column(UnmanagedW.AsSpan(0, Count));
        reader.Column(UnmanagedStart.AsSpan(0, Count));
        reader.ColumnSince(DepartureMs.AsSpan(0, Count), isSince ? LastEventMs.AsSpan(0, Count) : default);
        reader.Column(NeededWh.AsSpan(0, Count));
        reader.Column(SetpointW.AsSpan(0, Count));
        reader.ColumnSince(SetpointUntilMs.AsSpan(0, Count), isSince ? LastEventMs.AsSpan(0, Count) : default);
        reader.Column(LatitudeE7.AsSpan(0, Count));
        reader.Column(LongitudeE7.AsSpan(0, Count));
        reader.Column(Place.AsSpan(0, Count));
        reader.ColumnSince(PlugToldMs.AsSpan(0, Count), isSince ? LastEventMs.AsSpan(0, Count) : default);
        reader.ColumnSince(EnergyToldMs.AsSpan(0, Count), isSince ? LastEventMs.AsSpan(0, Count) : default);
        reader.ColumnSince(EnergyReportMs.AsSpan(0, Count), isSince ? LastEventMs.AsSpan(0, Count) : default);
        reader.ColumnSince(PlaceToldMs.AsSpan(0, Count), isSince ? LastEventMs.AsSpan(0, Count) : default);
        reader.ColumnSince(PositionToldMs.AsSpan(0, Count), isSince ? LastEventMs.AsSpan(0, Count) : default);
        reader.ColumnSince(ConsentToldMs.AsSpan(0, Count), isSince ? LastEventMs.AsSpan(0, Count) : default);
        for (int column = 0; column < habitColumns; column++) reader.Column(Habits.Bytes(column, Count));
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
        int had = District.Length;
        Array.Resize(ref District, size);
        District.AsSpan(had).Fill(-1);
        Array.Resize(ref IsNew, size);
        Array.Resize(ref PlugToldMs, size);
        Array.Resize(ref EnergyToldMs, size);
        Array.Resize(ref EnergyReportMs, size);
        Array.Resize(ref PlaceToldMs, size);
        Array.Resize(ref PositionToldMs, size);
        Array.Resize(ref ConsentToldMs, size);
        Habits.Resize(size);
    }
}
