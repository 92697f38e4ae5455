using Movc.Domain.Time;

namespace Movc.Domain.Charging;

/// <summary>Prices of charging by slot of the local day, RMB/kWh, 144 each.</summary>
public sealed class Tariff
{
    private readonly double[] _cumulatedSurcharge = new double[2 * Slots.PerDay + 1];

    public Tariff(double[] homeRmbPerKwh, double[] publicRmbPerKwh)
    {
        if (homeRmbPerKwh.Length != Slots.PerDay || publicRmbPerKwh.Length != Slots.PerDay)
            throw new ArgumentException($"a tariff has {Slots.PerDay} slots", nameof(homeRmbPerKwh));
        Home = homeRmbPerKwh;
        Public = publicRmbPerKwh;
        Levels = [.. homeRmbPerKwh.Distinct().Order()];
        LevelOfSlot = [.. homeRmbPerKwh.Select(p => (byte)Array.IndexOf(Levels, p))];
        for (int t = 0; t < 2 * Slots.PerDay; t++)
            _cumulatedSurcharge[t + 1] = _cumulatedSurcharge[t] + Public[t % Slots.PerDay] - Home[t % Slots.PerDay];
    }

    public double[] Home { get; }

    public double[] Public { get; }

    /// <summary>The different prices of Home, rising.</summary>
    public double[] Levels { get; }

    /// <summary>Index in <see cref="Levels"/> of each slot of the day.</summary>
    public byte[] LevelOfSlot { get; }

    /// <summary>Sum of (public − home) over slots, RMB/kWh, for sessions that start at once.</summary>
    /// <param name="slotOfDay">First slot, 0 to 143.</param>
    /// <param name="slots">How many, 0 or more.</param>
    public double Surcharge(int slotOfDay, int slots)
    {
        int days = Math.DivRem(slots, Slots.PerDay, out int rest);
        return days * _cumulatedSurcharge[Slots.PerDay] + _cumulatedSurcharge[slotOfDay + rest] - _cumulatedSurcharge[slotOfDay];
    }
}
