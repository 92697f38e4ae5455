using Movc.Domain.Charging;

namespace Movc.Domain.Fleet;

/// <summary>
/// One shard's part of the fleet at an interval's boundary: every plugged-in vehicle in columns of length
/// <see cref="PluggedCount"/>, sums for the rest. Immutable once handed over.
/// </summary>
public sealed class ShardSnapshot
{
    public required int Shard { get; init; }

    /// <summary>The instant, Unix milliseconds UTC.</summary>
    public required long AtMs { get; init; }

    /// <summary>Journal sequence that this state stands at: the log position an audit replays to.</summary>
    public required long JournalSequence { get; init; }

    public required IVehicleIds Ids { get; init; }

    /// <summary>Vehicles registered in the shard.</summary>
    public required int RegisteredCount { get; init; }

    public int PluggedCount => Vehicle.Length;

    /// <summary>Local index of each plugged-in vehicle, rising.</summary>
    public required int[] Vehicle { get; init; }

    public required int[] CapacityWh { get; init; }

    /// <summary>Stored energy under the setpoints followed so far, Wh (estimated between reports).</summary>
    public required int[] EnergyWh { get; init; }

    /// <summary>Stored energy had nobody dispatched the vehicle (<see cref="UnmanagedCharging"/>), Wh.</summary>
    public required int[] ChargeOnlyEnergyWh { get; init; }

    public required int[] MaxChargeW { get; init; }

    public required int[] MaxDischargeW { get; init; }

    /// <summary>Power while nobody dispatches it, W, 0 to <see cref="MaxChargeW"/>.</summary>
    public required int[] UnmanagedW { get; init; }

    /// <summary>When it draws that.</summary>
    public required UnmanagedStart[] UnmanagedStart { get; init; }

    /// <summary>Declared departure, Unix milliseconds UTC; 0 = unknown.</summary>
    public required long[] DepartureMs { get; init; }

    /// <summary>Energy asked for at departure, Wh; 0 = not told.</summary>
    public required int[] NeededWh { get; init; }

    public required V2gStrategy[] Consent { get; init; }

    /// <summary>Index of the district where it stands, −1 = in none.</summary>
    public required int[] District { get; init; }

    /// <summary>Power standing now, W, charging positive: the setpoint, or what the vehicle does without one.</summary>
    public required int[] StandingW { get; init; }

    /// <summary>When the standing setpoint ends, Unix milliseconds UTC; 0 = there is none.</summary>
    public required long[] SetpointUntilMs { get; init; }

    /// <summary>Mean power of the slot that ended now, kW, all vehicles of the shard, had nobody dispatched them.</summary>
    public required double SlotChargeOnlyKw { get; init; }

    /// <summary>Mean power of the slot that ended now, kW, all vehicles of the shard, under the setpoints.</summary>
    public required double SlotDispatchedKw { get; init; }

    /// <summary>Of <see cref="SlotChargeOnlyKw"/>, that of vehicles whose owners consent to a dispatch, kW.</summary>
    public required double SlotWillingChargeOnlyKw { get; init; }

    /// <summary>What those drew in the slot that ended now, kW, 0 or more.</summary>
    public required double SlotWillingChargedKw { get; init; }

    /// <summary>What those delivered in it, kW, 0 or more.</summary>
    public required double SlotWillingDischargedKw { get; init; }

    /// <summary>Mean power of the slot that ended now, kW per district, all vehicles at its plugs, charging positive; empty = not known.</summary>
    public double[] SlotDistrictKw { get; init; } = [];

    /// <summary>Of <see cref="SlotDistrictKw"/>, that of vehicles that came to the plug within the slot, before any plan knew of them, kW per district; empty = not known.</summary>
    public double[] SlotDistrictArrivedKw { get; init; } = [];

    /// <summary>Of the plugged-in vehicles, those of which nothing was heard for long.</summary>
    public required int StaleCount { get; init; }

    /// <summary>Departures so far with less energy than was owed to their drivers (<see cref="Promise"/>).</summary>
    public required long DeparturesUnderPromise { get; init; }

    /// <summary>Departures so far.</summary>
    public required long Departures { get; init; }

    /// <summary>Sum over those of their satisfaction (MOVC Eq. 40), parts per million.</summary>
    public required long SatisfactionPpm { get; init; }

    /// <summary>What is expected of the willing vehicles from here on.</summary>
    public required FleetOutlook Outlook { get; init; }
}
