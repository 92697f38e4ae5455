using Movc.Domain.Fleet;
using Movc.Domain.Randomness;
using Movc.Domain.Simulation;
using Movc.Studies.Weeks;

namespace Movc.Studies.Dispatch;

/// <summary>Who of a part of a week takes part, and what all of it would charge on its own.</summary>
internal sealed class ProblemPart(WeekPart part, int slots)
{
    public WeekPart Part => part;

    /// <summary>Index in the part of each vehicle that takes part, rising.</summary>
    public List<int> Vehicle { get; } = [];

    public List<V2gStrategy> Strategy { get; } = [];

    /// <summary>Stays of those.</summary>
    public int Stays { get; private set; }

    /// <summary>Charge Only power of the vehicles that take part, kW per slot.</summary>
    public double[] BaselineKw { get; } = new double[slots];

    /// <summary>Charge Only power of the vehicles that do not, kW per slot.</summary>
    public double[] OthersKw { get; } = new double[slots];

    public static ProblemPart Of(SimulatedWeek week, WeekPart part, WeekProblemOptions options)
    {
        var problem = new ProblemPart(part, week.Slots);
        for (int i = 0; i < part.Vehicles.Length; i++)
        {
            V2gStrategy strategy = options.Strategy switch
            {
                StrategyMix.Willing => VehicleLife.StrategyOf(CounterRandom.VehicleKey(week.Settings.Seed, part.FirstVehicle + i), options.Willingness),
                StrategyMix.Vws => V2gStrategy.WhenStaying,
                _ => V2gStrategy.WhenCharging,
            };
            bool takesPart = strategy != V2gStrategy.ChargeOnly;
            double[] loadKw = takesPart ? problem.BaselineKw : problem.OthersKw;
            foreach (ref readonly WeekStay stay in part.StaysOf(i)) ChargeOnly.AddLoad(week, part.Vehicles[i], stay, loadKw);
            if (!takesPart) continue;
            problem.Vehicle.Add(i);
            problem.Strategy.Add(strategy);
            problem.Stays += part.StaysOf(i).Length;
        }
        return problem;
    }
}
