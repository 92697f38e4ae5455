using System.IO.Compression;
using System.Text;
using Movc.Domain.Aggregators;
using Movc.Domain.Dispatch;
using Movc.Domain.Fleet;
using Movc.Domain.Time;
using Movc.RollingOptimizer.Bundles;
using Movc.RollingOptimizer.Horizon;
using Movc.RollingOptimizer.Model;
using Movc.RollingOptimizer.Tests.Horizon;

namespace Movc.RollingOptimizer.Tests.Bundles;

public sealed class PlanPartsTests : IDisposable
{
    private const long At = Fleets.At;
    private static readonly HashedAggregators Three = new(3);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("movc-parts-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Every_aggregator_is_told_its_own_vehicles_as_the_plan_saw_them_and_all_together_are_the_plans()
    {
        (FleetSnapshot fleet, HorizonProblem problem) = Planned(30_000);
        var parts = new PlanParts(Three);
        parts.Note("plan-1", fleet, problem.Instance, problem.Shard, problem.Row);
        var seen = new List<int>();
        foreach (string name in Three.Names)
        {
            DirectoryInfo folder = _folder.CreateSubdirectory(name);
            PlanPartFile part = parts.Of(name, null).ShouldNotBeNull();
            part.PlanId.ShouldBe("plan-1");
            using (var zip = new ZipArchive(new MemoryStream(part.Zip))) zip.ExtractToDirectory(folder.FullName);
            DispatchInstance own = InstanceFolder.Read(folder.FullName);
            string[] lines = [.. File.ReadAllLines(Path.Combine(folder.FullName, "index.csv")).Skip(1)];
            lines.Length.ShouldBe(own.VehicleCount);
            for (int k = 0; k < lines.Length; k++)
            {
                string[] cells = lines[k].Split(',');
                int i = int.Parse(cells[1], System.Globalization.CultureInfo.InvariantCulture);
                cells[0].ShouldBe(own.VehicleIds![k]);
                Three.Names[Three.Of(Encoding.UTF8.GetBytes(cells[0]))].ShouldBe(name);
                (own.CapacityWh[k], own.InitialWh[k], own.StayOffset[k + 1] - own.StayOffset[k]).ShouldBe((problem.Instance.CapacityWh[i], problem.Instance.InitialWh[i], problem.Instance.StayOffset[i + 1] - problem.Instance.StayOffset[i]));
                seen.Add(i);
            }
        }
        // Who charges what is owed first gets no setpoint of the plan.
        seen.Order().ShouldBe(Enumerable.Range(0, problem.Row.Length).Where(i => problem.Row[i] >= 0));
        seen.Count.ShouldBeLessThan(problem.Row.Length);
    }

    [Fact]
    public void Plans_are_kept_for_one_that_comes_late_and_no_longer()
    {
        (FleetSnapshot fleet, HorizonProblem problem) = Planned(30_000);
        var parts = new PlanParts(Three);
        parts.Of("aggregator-1", null).ShouldBeNull();
        for (int k = 1; k <= 3; k++) parts.Note($"plan-{k}", fleet, problem.Instance, problem.Shard, problem.Row);
        parts.Of("aggregator-1", "plan-1").ShouldBeNull();
        parts.Of("aggregator-1", "plan-2").ShouldNotBeNull().PlanId.ShouldBe("plan-2");
        parts.Of("aggregator-1", null).ShouldNotBeNull().PlanId.ShouldBe("plan-3");
        parts.Of("nobody", null).ShouldBeNull();
    }

    private static (FleetSnapshot Fleet, HorizonProblem Problem) Planned(int energyWh)
    {
        HorizonPolicy policy = new(Satisfaction: 0, LooksBeyondStays: false) { ReserveWh = 0, ReadySlots = 0 };
        Fleets.Vehicle With(int k) => new(60_000, energyWh, 7_000, At + ((20 + (k % 9)) * Slots.Ms), MaxDischargeW: 7_000, NeededWh: k % 10 == 0 ? energyWh + 5_000 : 10_000);
        FleetSnapshot fleet = Fleets.Of(At, [.. Enumerable.Range(0, 60).Select(With)], [.. Enumerable.Range(60, 40).Select(With)]);
        return (fleet, Fleets.Build(fleet, 144, [], policy));
    }
}
