using Movc.VehicleKernel.Storage;

namespace Movc.VehicleKernel.Bundles;

/// <summary>
/// Rounds in a bundle: what distinguishes each from the round before. A round ranks 2T + 1 steps; charging and discharging take the
/// slots in one order, so it is that order, how many discharging steps each charging step lets go before it, and where the free end lies.
/// </summary>
internal static class RoundCodec
{
    public static void Write(ContentWriter orders, ContentWriter leads, IReadOnlyList<PriceRanks> rounds, int slots)
    {
        var list = new SlotList(slots);
        int[] before = [.. Enumerable.Range(0, slots)], order = new int[slots], lead = new int[slots];
        var stepAt = new int[(2 * slots) + 1];
        foreach (PriceRanks ranks in rounds)
        {
            if (ranks.Steps != slots) throw new ArgumentException($"a round of {ranks.Steps} slots in a horizon of {slots}", nameof(rounds));
            for (int t = 0; t < slots; t++)
            {
                stepAt[ranks.Charge[t] - PriceRanks.Base] = t;
                stepAt[ranks.Discharge[t] - PriceRanks.Base] = slots + t;
            }
            stepAt[ranks.Free - PriceRanks.Base] = 2 * slots;
            int charging = 0, discharging = 0;
            list.Reset(before);
            foreach (int step in stepAt)
            {
                if (step == 2 * slots) continue;
                if (step >= slots)
                {
                    discharging++;
                    continue;
                }
                order[charging] = step;
                orders.Varint((uint)list.Remove(step));
                leads.ZigZag(discharging - lead[charging]);
                lead[charging++] = discharging;
            }
            leads.Varint((uint)(ranks.Free - PriceRanks.Base));
            order.CopyTo(before, 0);
            ThrowIfTwoOrders(ranks, order);
        }
    }

    /// <summary>Reads the orders and the leads, which lie one after the other.</summary>
    /// <param name="rounds">How many; the caller has held it against what there is.</param>
    public static PriceRanks[] Read(ref ContentReader content, int rounds, int slots)
    {
        var orders = new ushort[rounds][];
        var list = new SlotList(slots);
        int[] before = [.. Enumerable.Range(0, slots)];
        for (int r = 0; r < rounds; r++)
        {
            orders[r] = new ushort[slots];
            list.Reset(before);
            for (int i = 0; i < slots; i++)
            {
                before[i] = list.RemoveAt(content.Varint());
                orders[r][i] = (ushort)before[i];
            }
        }
        var lead = new int[slots];
        var ranks = new PriceRanks[rounds];
        ushort[] charge = new ushort[slots], discharge = new ushort[slots];
        for (int r = 0; r < rounds; r++)
        {
            for (int i = 0; i < slots; i++)
            {
                lead[i] += content.ZigZag();
                if (lead[i] < (i == 0 ? 0 : lead[i - 1]) || lead[i] > slots) throw ContentReader.Wrong("round", "discharging steps that do not go back", $"{lead[i]} at step {i} of round {r}");
            }
            int free = content.Varint();
            if (free > 2 * slots) throw ContentReader.Wrong("round", $"a free end up to {2 * slots}", $"{free} in round {r}");
            for (int i = 0, j = 0; j < slots || i < slots;)
            {
                bool charges = i < slots && lead[i] == j;
                int rank = i + j;
                if (rank >= free) rank++;
                (charges ? charge : discharge)[orders[r][charges ? i : j]] = (ushort)(PriceRanks.Base + rank);
                if (charges) i++;
                else j++;
            }
            ranks[r] = PriceRanks.Stored(charge, discharge);
        }
        return ranks;
    }

    private static void ThrowIfTwoOrders(PriceRanks ranks, int[] order)
    {
        for (int i = 1; i < order.Length; i++)
        {
            if (ranks.Discharge[order[i]] < ranks.Discharge[order[i - 1]]) throw new ArgumentException("a round whose charging and discharging take the slots in two orders", nameof(ranks));
        }
    }

    /// <summary>Slots in an order, each taken out once; those near the front are found at once.</summary>
    private sealed class SlotList(int slots)
    {
        // Neighbouring rounds are alike, so slots are found near the front; a forged body must not cost hours.
        private const long MostSteps = 1L << 32;
        private readonly int[] _next = new int[slots + 1];
        private long _steps;

        /// <summary>Entry [slots] is the head.</summary>
        public void Reset(ReadOnlySpan<int> order)
        {
            int at = slots;
            foreach (int slot in order) at = _next[at] = slot;
            _next[at] = -1;
        }

        /// <summary>Takes a slot out; how many stood before it.</summary>
        public int Remove(int slot)
        {
            int at = slots, before = 0;
            for (; _next[at] != slot; at = _next[at]) before++;
            _next[at] = _next[slot];
            _steps += before;
            return _steps <= MostSteps ? before : throw new ArgumentException("rounds too unlike one another to be published", nameof(slot));
        }

        /// <summary>Takes out the slot before which so many stand.</summary>
        public int RemoveAt(int before)
        {
            int at = slots;
            _steps += before;
            for (; before > 0 && _next[at] >= 0; before--) at = _next[at];
            int slot = _next[at];
            if (_steps > MostSteps) throw ContentReader.Wrong("rounds", "rounds alike", "others");
            if (slot < 0) throw ContentReader.Wrong("round", "a slot that is left", "none");
            _next[at] = _next[slot];
            return slot;
        }
    }
}
