namespace Movc.VehicleKernel.Storage;

/// <summary>
/// Where each price step stands among all steps of one price vector, most negative slope first. A step is the charging or the
/// discharging of one slot (or one price level); slope −(p + λ)/a of charging and −(p − λ)/b of discharging, per unit of energy.
/// All vehicles share the ranks, so a vehicle's cost-to-go is a set of ranks with lengths. A vehicle's best answer depends on the ranks
/// alone: not on how far prices lie apart.
/// </summary>
/// <param name="steps">Slots or levels, 1 to <see cref="MaxSteps"/>.</param>
public sealed class PriceRanks(int steps)
{
    /// <summary>Ranks start here: word 0 of a bitset is a guard that stops a search from above.</summary>
    public const int Base = 64;

    /// <summary>Ranks of 2T + 1 steps and two guards fit 16 bits.</summary>
    public const int MaxSteps = 32_000;

    private readonly ushort[] _ranks = new ushort[2 * steps];

    /// <summary>Slots or levels.</summary>
    public int Steps => _ranks.Length / 2;

    /// <summary>Rank of charging, per slot or level.</summary>
    public Span<ushort> Charge => _ranks.AsSpan(0, Steps);

    /// <summary>Rank of discharging, per slot or level.</summary>
    public Span<ushort> Discharge => _ranks.AsSpan(Steps);

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
    /// <param name="price">Price of each step, −1 or more.</param>
    /// <param name="lambda">Weight λ of the energy that passes through batteries.</param>
    /// <param name="units">Unit of energy: how much a watt stores and takes.</param>
    public void Build(ReadOnlySpan<int> order, ReadOnlySpan<double> price, double lambda, EnergyUnits units)
    {
        double perCharge = 1.0 / units.PerChargeWatt, perDischarge = 1.0 / units.PerDischargeWatt;
        int count = order.Length, i = 0, j = 0, rank = Base;
        // Written in minus slopes: the largest first. A charging step goes before a discharging one of the same slope.
        double charge = (price[order[0]] + lambda) * perCharge, discharge = (price[order[0]] - lambda) * perDischarge;
        bool free = false;
        while (i + j < 2 * count)
        {
            if (!free && Math.Max(charge, discharge) < 0)
            {
                Free = rank++;
                free = true;
            }
            // Which of the two is next cannot be foreseen, so there is no branch on it.
            int takes = charge >= discharge ? 1 : 0;
            int step = order[j + ((i - j) & -takes)];
            _ranks[step + (count & (takes - 1))] = (ushort)rank++;
            i += takes;
            j += 1 - takes;
            charge = i < count ? (price[order[i]] + lambda) * perCharge : double.NegativeInfinity;
            discharge = j < count ? (price[order[j]] - lambda) * perDischarge : double.NegativeInfinity;
        }
        if (!free) Free = rank;
    }

    /// <summary>Ranks of a price vector: dearer slots first, of equal prices the earlier slot.</summary>
    /// <param name="prices">Price of each slot, −1 or more.</param>
    /// <param name="lambda">Weight λ of the energy that passes through batteries.</param>
    /// <param name="units">Unit of energy.</param>
    public static PriceRanks OfPrices(ReadOnlySpan<double> prices, double lambda, EnergyUnits units)
    {
        var falling = new double[prices.Length];
        int[] order = new int[prices.Length];
        for (int t = 0; t < order.Length; t++) (order[t], falling[t]) = (t, -prices[t]);
        double[] keys = falling;
        Array.Sort(order, (a, b) => keys[a] != keys[b] ? keys[a].CompareTo(keys[b]) : a.CompareTo(b));
        var ranks = new PriceRanks(prices.Length);
        ranks.Build(order, prices, lambda, units);
        return ranks;
    }

    /// <summary>Ranks that were stored: a permutation of [Base, Top), in which the one that no step has is <see cref="Free"/>.</summary>
    /// <exception cref="InvalidDataException">They are none.</exception>
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
        var copy = new PriceRanks(Steps) { Free = Free };
        _ranks.CopyTo(copy._ranks, 0);
        return copy;
    }
}
