namespace Movc.RollingOptimizer.Solver;

/// <summary>
/// Where each price step stands among all steps of one price vector, most negative slope first. A step is the charging or the
/// discharging of one slot (or one price level); slope −(p + λ)/a of charging and −(p − λ)/b of discharging, per unit of energy.
/// All vehicles share the ranks, so a vehicle's cost-to-go is a set of ranks with lengths.
/// </summary>
internal sealed class PriceRanks(int steps)
{
    /// <summary>Ranks start here: word 0 of a bitset is a guard that stops a search from above.</summary>
    public const int Base = 64;

    /// <summary>Rank of charging, per slot or level.</summary>
    public ushort[] Charge { get; } = new ushort[steps];

    /// <summary>Rank of discharging, per slot or level.</summary>
    public ushort[] Discharge { get; } = new ushort[steps];

    /// <summary>Rank of energy left over at the end, slope 0.</summary>
    public int Free { get; private set; }

    /// <summary>One over the highest rank.</summary>
    public static int Top(int steps) => Base + 2 * steps + 1;

    /// <summary>Words of a bitset over the ranks, with a guard word at either end.</summary>
    public static int Words(int steps) => (Top(steps) + 63) / 64 + 1;

    /// <summary>Guard rank over every real one, in the last word.</summary>
    public static int Guard(int steps) => (Words(steps) - 1) * 64;

    /// <summary>Builds the ranks by merging two monotone sequences.</summary>
    /// <param name="order">Steps by falling price; its order decides between equal prices.</param>
    /// <param name="price">Price of each step, in [−1, 1].</param>
    public void Build(ReadOnlySpan<int> order, ReadOnlySpan<double> price, double lambda, EnergyUnits units)
    {
        double a = units.PerChargeWatt, b = units.PerDischargeWatt;
        int i = 0, j = 0, rank = Base, count = order.Length;
        bool free = false;
        double charge = (price[order[0]] + lambda) / a, discharge = (price[order[0]] - lambda) / b;
        while (i < count || j < count)
        {
            // Written in minus slopes: the largest first.
            double next = Math.Max(charge, discharge);
            if (!free && next < 0)
            {
                Free = rank++;
                free = true;
            }
            if (charge >= discharge)
            {
                Charge[order[i++]] = (ushort)rank++;
                charge = i < count ? (price[order[i]] + lambda) / a : double.NegativeInfinity;
            }
            else
            {
                Discharge[order[j++]] = (ushort)rank++;
                discharge = j < count ? (price[order[j]] - lambda) / b : double.NegativeInfinity;
            }
        }
        if (!free) Free = rank;
    }

    /// <summary>Ranks that were stored: a permutation of [Base, Top), in which the one that no step has is <see cref="Free"/>.</summary>
    public static PriceRanks Stored(ReadOnlySpan<ushort> charge, ReadOnlySpan<ushort> discharge)
    {
        var ranks = new PriceRanks(charge.Length);
        charge.CopyTo(ranks.Charge);
        discharge.CopyTo(ranks.Discharge);
        var seen = new bool[Top(charge.Length) - Base];
        foreach (ushort rank in charge) Mark(seen, rank);
        foreach (ushort rank in discharge) Mark(seen, rank);
        ranks.Free = Base + Array.IndexOf(seen, false);
        return ranks;
    }

    private static void Mark(bool[] seen, ushort rank)
    {
        if (rank < Base || rank - Base >= seen.Length || seen[rank - Base]) throw new InvalidDataException("a round's ranks are no permutation");
        seen[rank - Base] = true;
    }

    public PriceRanks Copy()
    {
        var copy = new PriceRanks(Charge.Length) { Free = Free };
        Charge.CopyTo(copy.Charge, 0);
        Discharge.CopyTo(copy.Discharge, 0);
        return copy;
    }
}
