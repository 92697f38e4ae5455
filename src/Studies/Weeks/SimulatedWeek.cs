using Movc.Domain.Simulation;

namespace Movc.Studies.Weeks;

/// <summary>
/// A week of a city's vehicles under Charge Only, from which the dispatch problem of any season, strategy, compensation and
/// satisfaction threshold follows without another simulation. Immutable. About 40 bytes a stay, 800 a vehicle and week.
/// </summary>
public sealed class SimulatedWeek
{
    /// <param name="settings">What was simulated.</param>
    /// <param name="people">Who.</param>
    /// <param name="parts">All vehicles, in order.</param>
    public SimulatedWeek(WeekSettings settings, PeopleModel people, IReadOnlyList<WeekPart> parts)
    {
        if (parts.Sum(p => p.Vehicles.Length) != settings.Vehicles) throw new ArgumentException("not the vehicles of the settings", nameof(parts));
        (Settings, People, Parts) = (settings, people, parts);
        SlowW = [.. people.Models.Select(m => (int)Math.Round(m.SlowKw * 1000))];
        QuickW = [.. people.Models.Select(m => (int)Math.Round(m.QuickKw * 1000))];
        CapacityWh = [.. people.Models.Select(m => (int)Math.Round(m.CapacityKwh * 1000))];
    }

    public WeekSettings Settings { get; }

    public PeopleModel People { get; }

    public IReadOnlyList<WeekPart> Parts { get; }

    public int Slots => Settings.Days * Domain.Time.Slots.PerDay;

    /// <summary>Slow power of each model, W.</summary>
    public int[] SlowW { get; }

    /// <summary>Quick power of each model, W; 0 where it cannot.</summary>
    public int[] QuickW { get; }

    /// <summary>Usable capacity of each model, Wh.</summary>
    public int[] CapacityWh { get; }

    /// <summary>Power of a stay's Charge Only session, W; 0 where it parks.</summary>
    public int SessionW(in WeekVehicle vehicle, in WeekStay stay) => stay.Mode switch
    {
        Domain.Charging.ChargingMode.Slow => SlowW[vehicle.Model],
        Domain.Charging.ChargingMode.Quick => QuickW[vehicle.Model],
        _ => 0,
    };
}
