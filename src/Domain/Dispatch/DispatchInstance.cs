namespace Movc.Domain.Dispatch;

/// <summary>
/// One vehicle-to-grid dispatch problem (model.md §6; MOVC Eqs. 15-37): N vehicles in columns, their stays, and the city's load.
/// Immutable by convention once built; the solver, the exact reference and the auditor all read this and nothing else.
/// </summary>
/// <remarks>
/// Memory order, grouped by what one pass reads together (N vehicles, S stays, T slots, P past slots):
/// <code>
/// per vehicle   CapacityWh[N] InitialWh[N] FinalMinWh[N] StayOffset[N + 1]
/// per stay      StartSlot[S] EndSlot[S] MaxChargeW[S] MaxDischargeW[S] NeededAtDepartureWh[S] TripWhAfter[S]
/// per slot      LoadKw[T] BaselineEvKw[T] DayOfSlot[T]
/// past of day 0 PastLoadKw[P]
/// </code>
/// Stays of a vehicle are in time order and do not overlap; a vehicle is driving (no power) outside its stays.
/// </remarks>
public sealed record DispatchInstance
{
    /// <summary>Vehicle ids, or null when vehicles are known by their index alone.</summary>
    public IReadOnlyList<string>? VehicleIds { get; init; }

    public required int[] CapacityWh { get; init; }

    /// <summary>Stored energy at slot 0, Wh.</summary>
    public required int[] InitialWh { get; init; }

    /// <summary>Floor on the stored energy at the end of the horizon, Wh.</summary>
    public required int[] FinalMinWh { get; init; }

    /// <summary>Stays of vehicle i are [StayOffset[i], StayOffset[i + 1]); length N + 1.</summary>
    public required int[] StayOffset { get; init; }

    public required int[] StartSlot { get; init; }

    /// <summary>Exclusive.</summary>
    public required int[] EndSlot { get; init; }

    public required int[] MaxChargeW { get; init; }

    /// <summary>0 = smart charging only.</summary>
    public required int[] MaxDischargeW { get; init; }

    /// <summary>Floor on the stored energy when the stay ends, Wh; 0 where none.</summary>
    public required int[] NeededAtDepartureWh { get; init; }

    /// <summary>Energy that the trip after the stay takes, Wh; it is drained at the slot where the stay ends.</summary>
    public required int[] TripWhAfter { get; init; }

    /// <summary>The city without the charging of these vehicles, kW per slot.</summary>
    public required double[] LoadKw { get; init; }

    /// <summary>Charge Only load of these vehicles, kW per slot.</summary>
    public required double[] BaselineEvKw { get; init; }

    /// <summary>Calendar day of each slot, 0 for the first slot's day, rising by one.</summary>
    public required int[] DayOfSlot { get; init; }

    /// <summary>Net load of the slots of day 0 already gone, kW, oldest first; constants of that day's average. Empty: the part of a day is a day of its own.</summary>
    public double[] PastLoadKw { get; init; } = [];

    public double SlotHours { get; init; } = Time.Slots.Hours;

    /// <summary>One-way efficiency η, over 0, at most 1.</summary>
    public double Efficiency { get; init; } = 0.9;

    /// <summary>Weight λ of the energy that passes through batteries; must exceed (1 − η²)/(1 + η²) so that charging and discharging never coincide.</summary>
    public double Lambda { get; init; } = 0.15;

    /// <summary>
    /// Weight w of each day's peak over its level, dimensionless, 0 to under 1: the peak counts as much as w times all the day's
    /// slots, past ones included (docs/math/objectives.md). 0 = MOVC Eq. 15 as it stands.
    /// </summary>
    public double PeakWeight { get; init; }

    /// <summary>
    /// Limits on some of the vehicles together (docs/math/limits.md). Neither files nor hashes hold them: a plan that they did not change is
    /// the plan of the problem without them.
    /// </summary>
    public IReadOnlyList<FleetLimit> Limits { get; init; } = [];

    public int VehicleCount => CapacityWh.Length;

    public int SlotCount => LoadKw.Length;

    /// <summary>The problem of some of the vehicles. Load and baseline stay as they are: what of them belongs beside those vehicles is the caller's to say. Limits are left out.</summary>
    /// <param name="vehicles">Which, by index; their order is that of the new problem.</param>
    public DispatchInstance OfVehicles(int[] vehicles)
    {
        ArgumentNullException.ThrowIfNull(vehicles);
        var offset = new int[vehicles.Length + 1];
        for (int k = 0; k < vehicles.Length; k++) offset[k + 1] = offset[k] + StayOffset[vehicles[k] + 1] - StayOffset[vehicles[k]];
        int[] OfEach(int[] column) => Array.ConvertAll(vehicles, i => column[i]);
        int[] OfStays(int[] column)
        {
            int[] cut = new int[offset[^1]];
            for (int k = 0; k < vehicles.Length; k++) column.AsSpan(StayOffset[vehicles[k]], offset[k + 1] - offset[k]).CopyTo(cut.AsSpan(offset[k]));
            return cut;
        }
        return this with
        {
            VehicleIds = VehicleIds is { } ids ? Array.ConvertAll(vehicles, i => ids[i]) : null,
            CapacityWh = OfEach(CapacityWh),
            InitialWh = OfEach(InitialWh),
            FinalMinWh = OfEach(FinalMinWh),
            StayOffset = offset,
            StartSlot = OfStays(StartSlot),
            EndSlot = OfStays(EndSlot),
            MaxChargeW = OfStays(MaxChargeW),
            MaxDischargeW = OfStays(MaxDischargeW),
            NeededAtDepartureWh = OfStays(NeededAtDepartureWh),
            TripWhAfter = OfStays(TripWhAfter),
            Limits = [],
        };
    }
}
