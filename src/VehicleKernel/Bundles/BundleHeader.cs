using System.Text;
using Movc.VehicleKernel.Storage;

namespace Movc.VehicleKernel.Bundles;

/// <summary>The plain part of a bundle: what a plan is, in 184 bytes and its id.</summary>
internal sealed record BundleHeader
{
    public const int FixedBytes = 184;

    public required PlanBundle Plan { get; init; }

    public required int Slots { get; init; }

    public required int Past { get; init; }

    public required int Rounds { get; init; }

    public static ContentWriter Write(PlanBundle bundle)
    {
        var w = new ContentWriter();
        w.Int64(bundle.AtMs);
        w.Int32(bundle.VehicleCount);
        w.Int32(bundle.Slots);
        w.Int32(bundle.PastSlots);
        w.Int32(bundle.Rounds.Count);
        w.Int32(bundle.LoweredNeeds);
        w.UInt32(bundle.Status);
        w.Double(bundle.SlotHours);
        w.Double(bundle.Efficiency);
        w.Double(bundle.Lambda);
        w.Double(bundle.PeakWeight);
        w.UInt64(bundle.Seed);
        w.Int32(bundle.Units.PerWh);
        w.Int32(bundle.Units.PerChargeWatt);
        w.Int32(bundle.Units.PerDischargeWatt);
        w.UInt32(0);
        w.Double(bundle.ObjectiveKw);
        w.Double(bundle.BoundKw);
        w.Digest(bundle.SnapshotHash);
        w.Sum(bundle.ScheduleSum);
        w.Digest(bundle.PreviousHash);
        w.Bytes(Encoding.UTF8.GetBytes(bundle.Id));
        return w;
    }

    /// <summary>Reads it; the plan's body is empty still.</summary>
    /// <exception cref="BundleFormatException">It is too short, or a count is out of range.</exception>
    public static BundleHeader Read(ReadOnlySpan<byte> bytes)
    {
        var r = new ContentReader(bytes);
        long atMs = r.Int64();
        int vehicles = Count(r.Int32(), int.MaxValue, "vehicles"), slots = Count(r.Int32(), PlanBundle.MaxSlots, "slots"), past = Count(r.Int32(), PlanBundle.MaxSlots, "past slots");
        int rounds = Count(r.Int32(), int.MaxValue, "rounds"), lowered = Count(r.Int32(), int.MaxValue, "lowered needs");
        uint status = r.UInt32();
        if (status > 3) throw ContentReader.Wrong("status", "0 to 3", $"{status}");
        double slotHours = r.Double(), efficiency = r.Double(), lambda = r.Double(), peakWeight = r.Double();
        ulong seed = r.UInt64();
        var units = new EnergyUnits(r.Int32(), r.Int32(), r.Int32());
        if (r.UInt32() != 0) throw ContentReader.Wrong("reserved bytes", "0", "something else");
        var plan = new PlanBundle
        {
            AtMs = atMs,
            VehicleCount = vehicles,
            LoweredNeeds = lowered,
            Status = (byte)status,
            SlotHours = slotHours,
            Efficiency = efficiency,
            Lambda = lambda,
            PeakWeight = peakWeight,
            Seed = seed,
            Units = units,
            ObjectiveKw = r.Double(),
            BoundKw = r.Double(),
            SnapshotHash = r.Digest(),
            ScheduleSum = r.Sum(),
            PreviousHash = r.Digest(),
            Id = Encoding.UTF8.GetString(r.Take(r.Left)),
            DayOfSlot = [],
            Prices = [],
            LoadKw = [],
            AfterKw = [],
            PastLoadKw = [],
            Rounds = [],
            Blocks = [],
            Rows = [],
        };
        return new BundleHeader { Plan = plan, Slots = slots, Past = past, Rounds = rounds };
    }

    private static int Count(int value, int most, string what) =>
        value >= 0 && value <= most ? value : throw ContentReader.Wrong(what, $"0 to {most}", $"{value}");
}
