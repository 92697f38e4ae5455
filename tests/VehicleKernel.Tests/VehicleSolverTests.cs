using Movc.VehicleKernel.Storage;
using Movc.VehicleKernel.Vehicles;

namespace Movc.VehicleKernel.Tests;

public sealed class VehicleSolverTests
{
    private static readonly double[] Prices = [.5, -.5, -.9, .9, .2, -.1];

    [Fact]
    public void A_vehicle_charges_where_it_is_cheap_and_gives_back_where_it_is_dear()
    {
        var gained = new int[6];
        int setpointW = Solver().Solve(Ranks(), new Vehicle(60_000, 20_000, 0), [new VehicleStay(0, 4, 6_000, 6_000, 20_000, 0)], gained);
        // 6 kW for ten minutes store .9 kWh; a discharge of as much takes 1.11.
        gained[1].ShouldBe(6_000 * 81);
        gained[2].ShouldBe(6_000 * 81);
        gained[3].ShouldBe(-6_000 * 100);
        // What the two cheap slots store beyond the dearest goes where the price is .5: 372,000 units, and nothing is left over.
        setpointW.ShouldBe(-3_720);
        gained.Sum().ShouldBe(0);
        MadeBundles.Units.PowerKw(gained[2]).ShouldBe(6);
        MadeBundles.Units.PowerKw(gained[3]).ShouldBe(-6);
    }

    [Fact]
    public void A_need_out_of_reach_is_lowered_to_what_full_charging_gives()
    {
        VehicleSolver solver = Solver();
        var gained = new int[6];
        solver.Solve(Ranks(), new Vehicle(60_000, 0, 0), [new VehicleStay(0, 2, 6_000, 0, 50_000, 0)], gained).ShouldBe(6_000);
        solver.Lowered.ShouldBeTrue();
        gained.ShouldBe([6_000 * 81, 6_000 * 81, 0, 0, 0, 0]);
        solver.Solve(Ranks(), new Vehicle(60_000, 0, 0), [new VehicleStay(0, 2, 6_000, 0, 1_800, 0)], gained).ShouldBe(6_000);
        solver.Lowered.ShouldBeFalse();
    }

    [Fact]
    public void One_solver_takes_vehicle_after_vehicle_without_an_object_and_forgets_each()
    {
        VehicleSolver solver = Solver();
        PriceRanks ranks = Ranks();
        int[] gained = new int[6], first = new int[6];
        VehicleStay[] stays = [new(0, 2, 7_000, 7_000, 9_000, 4_000), new(3, 6, 3_000, 0, 0, 0)];
        solver.Solve(ranks, new Vehicle(40_000, 8_000, 2_000), stays, first);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++)
        {
            solver.Solve(ranks, new Vehicle(40_000, 40 * i % 40_000, 2_000), stays, gained);
            solver.Solve(ranks, new Vehicle(40_000, 8_000, 2_000), stays, gained);
        }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        gained.ShouldBe(first);
    }

    [Fact]
    public void More_stays_than_before_are_no_trouble()
    {
        var solver = new VehicleSolver(MadeBundles.Units, 400);
        PriceRanks ranks = PriceRanks.OfPrices(new double[400], .15, MadeBundles.Units);
        VehicleStay[] stays = [.. Enumerable.Range(0, 100).Select(k => new VehicleStay(4 * k, (4 * k) + 3, 7_000, 7_000, 1_000, 500))];
        var gained = new int[400];
        solver.Solve(ranks, new Vehicle(60_000, 1_000, 0), stays[..1], gained);
        solver.Solve(ranks, new Vehicle(60_000, 1_000, 0), stays, gained);
        // All it needs is what its trips take; the last may leave it empty.
        ((double)gained.Sum()).ShouldBe((100 * 500 - 500) * 540.0);
    }

    [Theory]
    [InlineData(-1, 0, 0, 2, 1)]
    [InlineData(10, 11, 0, 2, 1)]
    [InlineData(10, 5, 2, 2, 1)]
    [InlineData(10, 5, 3, 2, 1)]
    [InlineData(10, 5, 0, 7, 1)]
    [InlineData(10, 5, 0, 2, -1)]
    [InlineData(int.MaxValue, 5, 0, 2, 1)]
    [InlineData(10, 5, 0, 2, int.MaxValue)]
    public void What_is_no_vehicle_is_refused(int capacityWh, int initialWh, int start, int end, int powerW)
    {
        var gained = new int[6];
        Should.Throw<ArgumentException>(() => Solver().Solve(Ranks(), new Vehicle(capacityWh, initialWh, 0), [new VehicleStay(start, end, powerW, 0, 0, 0)], gained));
    }

    [Fact]
    public void Stays_that_overlap_and_buffers_of_another_length_are_refused()
    {
        Should.Throw<ArgumentException>(() => Solver().Solve(Ranks(), new Vehicle(10, 5, 0), [new VehicleStay(0, 3, 1, 1, 0, 0), new VehicleStay(2, 4, 1, 1, 0, 0)], new int[6]));
        Should.Throw<ArgumentException>(() => Solver().Solve(Ranks(), new Vehicle(10, 5, 0), [], new int[5]));
        Should.Throw<ArgumentException>(() => new VehicleSolver(default, 6));
    }

    private static VehicleSolver Solver() => new(MadeBundles.Units, 6);

    private static PriceRanks Ranks() => PriceRanks.OfPrices(Prices, .15, MadeBundles.Units);
}
