using Movc.VehicleKernel.Storage;

namespace Movc.VehicleKernel.Bundles;

/// <summary>The part of a bundle that is compressed: days, prices and loads, blocks, rounds, rows.</summary>
internal static class BundleBody
{
    public static ContentWriter Write(PlanBundle bundle)
    {
        var w = new ContentWriter();
        int days = bundle.Slots == 0 ? 0 : bundle.DayOfSlot[^1] + 1;
        w.Varint((uint)days);
        for (int day = 0; day < days; day++) w.Varint((uint)bundle.DayOfSlot.AsSpan().Count(day));
        w.Planes([.. bundle.Prices, .. bundle.LoadKw, .. bundle.AfterKw, .. bundle.PastLoadKw]);
        foreach (int block in bundle.Blocks) w.Varint((uint)block);
        var leads = new ContentWriter();
        RoundCodec.Write(w, leads, bundle.Rounds, bundle.Slots);
        w.Bytes(leads.Written);
        for (int at = 0; at < bundle.Rows.Length; at += bundle.Slots) WriteRow(w, bundle.Rows.AsSpan(at, bundle.Slots));
        return w;
    }

    /// <exception cref="BundleFormatException">Less or more than the header tells, or what no plan says.</exception>
    public static PlanBundle Read(BundleHeader header, ReadOnlySpan<byte> body)
    {
        var r = new ContentReader(body);
        PlanBundle plan = header.Plan;
        int slots = header.Slots, past = header.Past;
        int[] dayOfSlot = ReadDays(ref r, slots);
        double[] numbers = r.Planes((2 * past) + (3 * slots));
        // Every round has two numbers a slot and two more, of a byte or more each.
        if (header.Rounds > r.Left / ((2 * slots) + 2)) throw ContentReader.Wrong("rounds", $"at most {r.Left / ((2 * slots) + 2)} in the bytes there are", $"{header.Rounds}");
        var blocks = new int[header.Rounds];
        long answered = 0;
        for (int k = 0; k < blocks.Length; k++) answered += blocks[k] = r.Varint();
        long rows = plan.VehicleCount - answered;
        PriceRanks[] rounds = RoundCodec.Read(ref r, header.Rounds, slots);
        // A row may be two bytes however long the horizon, so its numbers are counted too.
        if (rows < 0 || rows > r.Left || rows * slots > BundleRules.MostRowNumbers) throw ContentReader.Wrong("vehicles without a round", $"0 to {r.Left} in the bytes there are", $"{rows}");
        var gained = new int[rows * slots];
        for (int at = 0; at < gained.Length; at += slots) ReadRow(ref r, gained.AsSpan(at, slots));
        if (r.Left > 0) throw ContentReader.Wrong("end of the body", "nothing more", $"{r.Left} bytes");
        return plan with
        {
            DayOfSlot = dayOfSlot,
            Prices = numbers[..(past + slots)],
            LoadKw = numbers[(past + slots)..(past + (2 * slots))],
            AfterKw = numbers[(past + (2 * slots))..(past + (3 * slots))],
            PastLoadKw = numbers[(past + (3 * slots))..],
            Rounds = rounds,
            Blocks = blocks,
            Rows = gained,
        };
    }

    private static int[] ReadDays(ref ContentReader r, int slots)
    {
        int days = r.Varint(), at = 0;
        var dayOfSlot = new int[slots];
        for (int day = 0; day < days; day++)
        {
            int length = r.Varint();
            if (length == 0 || length > slots - at) throw ContentReader.Wrong("days", $"{slots} slots in all, none of them empty", $"{length} in day {day}");
            dayOfSlot.AsSpan(at, length).Fill(day);
            at += length;
        }
        return at == slots ? dayOfSlot : throw ContentReader.Wrong("days", $"{slots} slots in all", $"{at}");
    }

    private static void WriteRow(ContentWriter w, ReadOnlySpan<int> gained)
    {
        for (int t = 0; t < gained.Length;)
        {
            int gain = gained[t], run = 1;
            while (t + run < gained.Length && gained[t + run] == gain) run++;
            w.Varint((uint)run);
            w.ZigZag(gain);
            t += run;
        }
    }

    private static void ReadRow(ref ContentReader r, Span<int> gained)
    {
        for (int t = 0; t < gained.Length;)
        {
            int run = r.Varint(), gain = r.ZigZag();
            if (run == 0 || run > gained.Length - t) throw ContentReader.Wrong("row", $"a run of 1 to {gained.Length - t} slots", $"{run}");
            gained.Slice(t, run).Fill(gain);
            t += run;
        }
    }
}
