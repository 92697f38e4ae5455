using Movc.Domain;
using Movc.Domain.Dispatch;
using Movc.RollingOptimizer.Solver;

namespace Movc.RollingOptimizer.Model.Tests;

public sealed class RoundsFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("movc-rounds").FullName;
    private readonly DispatchInstance _instance = SyntheticFleet.Mixed(3_000, 144, 4);
    private readonly DispatchResult _result;
    private readonly string _hash;

    public RoundsFileTests()
    {
        _hash = InstanceHash.Of(_instance);
        _result = new DispatchSolver(new DispatchSolverOptions { DenseCells = 0, ColdSweeps = 4 }).Solve(_instance, 1, null, CancellationToken.None);
    }

    private string Path1 => Path.Combine(_folder, "rounds.bin");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_schedule_comes_out_of_the_file_as_it_was_to_the_last_bit()
    {
        RoundsFile.TryWrite(_instance, _result, _hash, Path1).ShouldBeTrue();
        IScheduleSource stored = RoundsFile.Read(_instance, _hash, Path1);
        double[] was = new double[144], now = new double[144];
        for (int i = 0; i < _instance.VehicleCount; i++)
        {
            _result.Schedules.Expand(i, was);
            stored.Expand(i, now);
            now.ShouldBe(was);
        }
        new FileInfo(Path1).Length.ShouldBeLessThan(1_000_000);
    }

    [Fact]
    public void A_plan_kept_as_numbers_has_no_rounds()
    {
        DispatchInstance small = SyntheticFleet.Mixed(20, 144, 4);
        DispatchResult numbers = new DispatchSolver().Solve(small, 1, null, TestContext.Current.CancellationToken);
        RoundsFile.TryWrite(small, numbers, InstanceHash.Of(small), Path1).ShouldBeFalse();
        File.Exists(Path1).ShouldBeFalse();
    }

    [Fact]
    public void A_file_of_another_instance_or_a_damaged_one_is_refused()
    {
        RoundsFile.TryWrite(_instance, _result, _hash, Path1);
        DispatchInstance other = SyntheticFleet.Mixed(3_000, 144, 5);
        Should.Throw<InputException>(() => RoundsFile.Read(other, InstanceHash.Of(other), Path1)).Message.ShouldContain("another instance");
        byte[] bytes = File.ReadAllBytes(Path1);
        File.WriteAllBytes(Path1, bytes[..(bytes.Length / 2)]);
        Should.Throw<InputException>(() => RoundsFile.Read(_instance, _hash, Path1)).Message.ShouldContain("damaged or cut short");
        File.WriteAllBytes(Path1, [.. "something else"u8, .. bytes[14..]]);
        Should.Throw<InputException>(() => RoundsFile.Read(_instance, _hash, Path1)).Message.ShouldContain("not a file of rounds");
    }
}
