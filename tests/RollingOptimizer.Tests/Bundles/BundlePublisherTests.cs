using System.Text;
using Movc.Domain.Dispatch;
using Movc.Domain.Queries;
using Movc.Domain.Time;
using Movc.EventLog;
using Movc.EventLog.InProcess;
using Movc.EventLog.Records;
using Movc.RollingOptimizer.Bundles;
using Movc.RollingOptimizer.Model;
using Movc.RollingOptimizer.Plans;
using Movc.RollingOptimizer.Solver;
using Movc.RollingOptimizer.Tests.Horizon;
using Movc.RollingOptimizer.Tests.Plans;
using Movc.VehicleKernel.Bundles;

namespace Movc.RollingOptimizer.Tests.Bundles;

public sealed class BundlePublisherTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("movc-bundles-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Every_plan_is_published_once_and_names_the_one_before_also_after_a_restart()
    {
        string store = Path.Combine(_folder.FullName, "plans.db"), instances = Path.Combine(_folder.FullName, "instances");
        await using var log = new InProcessEventLog(1, 64);
        await using ILogConsumer sent = log.OpenConsumer(Topics.Plans, "test", 0, 0);
        DispatchInstance x = SyntheticFleet.Mixed(300, 48, 3);
        for (int run = 0; run < 2; run++)
        {
            using IPlanStore plans = SqlitePlanStore.Open(store);
            var publisher = new BundlePublisher(log, plans, instances);
            for (int n = 0; n < 4; n++)
            {
                PlanView view = StoredPlans.Plan(Fleets.At + (((4 * run) + n) * Slots.Ms), 2, 1).View with { Id = $"20220718T{run}{n}", Seed = 9 };
                await publisher.BeginAsync(view, x, new DispatchSolver().Solve(x, view.Seed, null, Token), Token);
            }
            await publisher.EndAsync();
        }
        using IPlanStore read = SqlitePlanStore.Open(store);
        IReadOnlyList<BundleBrief> briefs = read.Bundles(99);
        briefs.Select(b => b.Id).ShouldBe(["20220718T00", "20220718T01", "20220718T02", "20220718T03", "20220718T10", "20220718T11", "20220718T12", "20220718T13"]);
        read.Bundles(2).Select(b => b.Id).ShouldBe(["20220718T12", "20220718T13"]);
        Digest before = Digest.None;
        foreach (BundleBrief brief in briefs)
        {
            BundleView bundle = read.Bundle(brief.Id).ShouldNotBeNull();
            PlanBundle plan = BundleCodec.Decode(bundle.Bytes, out Digest hash);
            (plan.Id, plan.PreviousHash, hash.ToString(), (long)bundle.Bytes.Length).ShouldBe((brief.Id, before, brief.Hash, brief.Size));
            before = hash;
        }
        read.Bundle(null)!.Id.ShouldBe("20220718T13");
        read.Bundle("nothing").ShouldBeNull();
        var ids = new List<string>();
        while (sent.TryRead(out ConsumedBatch batch))
        {
            foreach (LogRecord record in batch.Records)
            {
                ids.Add(Encoding.UTF8.GetString(record.Key));
                BundleCodec.Decode(record.Value, out _).Id.ShouldBe(ids[^1]);
            }
        }
        ids.ShouldBe(briefs.Select(b => b.Id));
        // The newest problems are there to verify by.
        DirectoryInfo[] kept = [.. new DirectoryInfo(instances).GetDirectories().OrderBy(d => d.Name, StringComparer.Ordinal)];
        kept.Select(d => d.Name).ShouldBe(briefs.TakeLast(BundlePublisher.InstancesKept).Select(b => b.Id));
        PlanBundle last = BundleCodec.Decode(read.Bundle(null)!.Bytes, out _);
        Digest.Read(InstanceHash.BytesOf(InstanceFolder.Read(kept[^1].FullName))).ShouldBe(last.SnapshotHash);
    }
}
