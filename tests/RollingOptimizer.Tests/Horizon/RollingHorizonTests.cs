using Movc.Domain.Charging;
using System.Threading.Channels;
using Movc.Domain.Dispatch;
using Movc.Domain.Fleet;
using Movc.Domain.Queries;
using Movc.Domain.Time;
using Movc.EventLog;
using Movc.EventLog.InProcess;
using Movc.EventLog.Records;
using Movc.RollingOptimizer.Forecast;
using Movc.RollingOptimizer.Horizon;
using Movc.RollingOptimizer.Plans;
using V1SetpointBatch = Movc.EventLog.Wire.V1.SetpointBatch;

namespace Movc.RollingOptimizer.Tests.Horizon;

public sealed class RollingHorizonTests : IDisposable
{
    private const long At = Fleets.At;
    private const int Slots12 = 12;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("movc-horizon-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact(Timeout = 60_000)]
    public async Task Every_interval_is_planned_once_until_the_stop_which_is_closed_and_not_planned()
    {
        using var run = new Rig(Path.Combine(_folder.FullName, "plans.db"), stopSlot: 3);
        foreach (int slot in new[] { 0, 1, 2, 3, 4 }) run.Snapshots.Give(Fleet(slot, chargeOnlyKw: 40 + slot, dispatchedKw: 20 + slot));
        await run.Horizon.RunAsync(Token);
        run.Store.Hashes().Select(h => h.AtMs).ShouldBe([SlotMs(0), SlotMs(1), SlotMs(2)]);
        run.Store.Realized(long.MinValue).ShouldBe(
        [
            .. new[] { new RealizedSlot(SlotMs(0), 1000, 1041, 1021), new RealizedSlot(SlotMs(1), 1001, 1043, 1023), new RealizedSlot(SlotMs(2), 1002, 1045, 1025) }.Select(r => r with { Willing = default(WillingSlot) }),
        ]);
        // What is gone of the day counts as constants of its average; prices are taken along, one slot on.
        run.Solver.Asked.Select(a => a.Instance.PastLoadKw).ShouldBe([[], [1021.0], [1021.0, 1023.0]]);
        run.Solver.Asked.Select(a => a.Seed ^ 7UL).ShouldBe([(ulong)SlotMs(0), (ulong)SlotMs(1), (ulong)SlotMs(2)]);
        run.Solver.Asked[0].Warm.ShouldBeNull();
        run.Solver.Asked[1].Warm.ShouldBe([.. Enumerable.Range(1, 11).Select(t => t / 1000.0), 0.0]);
        List<V1SetpointBatch> sent = await run.SetpointsAsync(3);
        sent.Select(m => (m.AtMs, m.ValidUntilMs)).ShouldBe([(SlotMs(0), SlotMs(3)), (SlotMs(1), SlotMs(4)), (SlotMs(2), SlotMs(5))]);
        sent[0].Vehicle.ShouldBe(["s0-v0"]);
        sent[0].PowerW.ShouldBe([0]);
        run.Shown.Select(v => (v.Index, v.Status, v.Vehicles)).ShouldBe([(0, "solved", 1), (1, "solved", 1), (2, "solved", 1)]);
    }

    [Fact(Timeout = 60_000)]
    public async Task After_a_restart_the_last_setpoints_go_out_again_and_a_planned_interval_is_passed_over()
    {
        string path = Path.Combine(_folder.FullName, "plans.db");
        string[] undisturbed;
        using (var whole = new Rig(Path.Combine(_folder.FullName, "whole.db"), stopSlot: 9))
        {
            for (int slot = 0; slot < 5; slot++) whole.Snapshots.Give(Fleet(slot, 40, 20));
            whole.Snapshots.End();
            await whole.Horizon.RunAsync(Token);
            undisturbed = [.. whole.Store.Hashes().Select(h => h.Hash)];
        }
        using (var first = new Rig(path, stopSlot: 9))
        {
            for (int slot = 0; slot < 3; slot++) first.Snapshots.Give(Fleet(slot, 40, 20));
            first.Snapshots.End();
            await first.Horizon.RunAsync(Token);
        }
        using var second = new Rig(path, stopSlot: 9);
        for (int slot = 2; slot < 5; slot++) second.Snapshots.Give(Fleet(slot, 40, 20));
        second.Snapshots.End();
        await second.Horizon.RunAsync(Token);
        second.Solver.Asked.Select(a => a.Seed ^ 7UL).ShouldBe([(ulong)SlotMs(3), (ulong)SlotMs(4)]);
        second.Solver.Asked[0].Warm.ShouldBe([.. Enumerable.Range(1, 11).Select(t => t / 1000.0), 0.0]);
        second.Solver.Asked[0].Instance.PastLoadKw.Length.ShouldBe(3);
        (await second.SetpointsAsync(3)).Select(m => m.AtMs).ShouldBe([SlotMs(2), SlotMs(3), SlotMs(4)]);
        second.Store.Hashes().Select(h => h.Hash).ShouldBe(undisturbed);
        second.Store.Realized(long.MinValue).Count.ShouldBe(4);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_plan_is_durable_before_anybody_hears_of_it()
    {
        using var run = new Rig(Path.Combine(_folder.FullName, "plans.db"), stopSlot: 9) { Fail = true };
        run.Snapshots.Give(Fleet(0, 0, 0));
        await Should.ThrowAsync<IOException>(() => run.Horizon.RunAsync(Token));
        run.Setpoints.TryRead(out _).ShouldBeFalse();
        run.Shown.ShouldBeEmpty();
        (await run.Horizon.Board.LatestAsync(Token)).ShouldBeNull();
    }

    [Fact(Timeout = 60_000)]
    public async Task The_past_of_the_day_reaches_back_to_midnight_or_to_a_hole_and_no_further()
    {
        using var run = new Rig(Path.Combine(_folder.FullName, "plans.db"), stopSlot: 900);
        // 23:40 to 0:20, then an interval is missing, then two more.
        foreach (int slot in new[] { 142, 143, 144, 145, 146, 149, 150 }) run.Snapshots.Give(Fleet(slot, 0, slot));
        run.Snapshots.End();
        await run.Horizon.RunAsync(Token);
        run.Solver.Asked.Select(a => a.Instance.PastLoadKw.Length).ShouldBe([1, 2, 0, 1, 2, 1, 2]);
        LoadCurves history = (await run.Horizon.Board.HistoryAsync(null, Token)).ShouldNotBeNull();
        // History begins after the newest hole: 148 is the interval before the snapshot at 149.
        (history.StartAt.ToUnixTimeMilliseconds(), history.AfterKw.Count).ShouldBe((SlotMs(148), 2));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_plan_says_why_it_is_not_solved()
    {
        using var run = new Rig(Path.Combine(_folder.FullName, "plans.db"), stopSlot: 9, gapWanted: 1e-9);
        run.Snapshots.Give(Fleet(0, 0, 0));
        run.Snapshots.Give(Fleets.Of(SlotMs(1), [[]]));
        run.Auditor.Findings = 0;
        run.Snapshots.End();
        await run.Horizon.RunAsync(Token);
        run.Shown.Select(v => v.Status).ShouldBe(["loose-gap", "empty"]);
        run.Shown[0].Cause.ShouldContain("over");
        run.Shown[1].SetpointsChanged.ShouldBe(0);
        using var audited = new Rig(Path.Combine(_folder.FullName, "audited.db"), stopSlot: 9);
        audited.Auditor.Findings = 2;
        audited.Snapshots.Give(Fleet(0, 0, 0));
        audited.Snapshots.End();
        await audited.Horizon.RunAsync(Token);
        (audited.Shown[0].Status, audited.Shown[0].Cause).ShouldBe(("audit-failed", "2 findings, the first: over capacity"));
    }

    private static long SlotMs(int slot) => At + (slot * Slots.Ms);

    private static FleetSnapshot Fleet(int slot, double chargeOnlyKw, double dispatchedKw) =>
        new(SlotMs(slot), [Fleets.Shard(SlotMs(slot), 0, [new(60_000, 30_000, 7_000, SlotMs(slot + 40), StandingW: 7_000)], chargeOnlyKw, dispatchedKw)]);

    private sealed class Rig : IDisposable
    {
        public Rig(string path, int stopSlot, double gapWanted = 0.01)
        {
            Store = SqlitePlanStore.Open(path);
            var log = new InProcessEventLog(1, 1024);
            Setpoints = log.OpenConsumer(Topics.Setpoints, "test", 0, 0);
            Horizon = new RollingHorizon(
                Snapshots, new Fleets.RisingLoad(), new KnownCity(new Fleets.RisingLoad()), new Fleets.UtcCalendar(), Solver, Auditor, new Gate(this), new PlanPublisher(log),
                new HorizonOptions(new HorizonLength(Slots12, Slots12), 7, At, SlotMs(stopSlot), UnmanagedCharging.AtOnce, gapWanted), TimeProvider.System);
            HorizonHook();
        }

        public bool Fail { get; init; }

        public GivenSnapshots Snapshots { get; } = new();

        public FakeSolver Solver { get; } = new();

        public FakeAuditor Auditor { get; } = new();

        public SqlitePlanStore Store { get; }

        public ILogConsumer Setpoints { get; }

        public RollingHorizon Horizon { get; }

        public List<PlanView> Shown { get; } = [];

        public async Task<List<V1SetpointBatch>> SetpointsAsync(int count)
        {
            var messages = new List<V1SetpointBatch>();
            while (Setpoints.TryRead(out ConsumedBatch batch))
            {
                foreach (LogRecord record in batch.Records) messages.Add(V1SetpointBatch.Parser.ParseFrom(record.Value));
            }
            messages.Count.ShouldBe(count);
            return await Task.FromResult(messages);
        }

        public void Dispose() => Store.Dispose();

        private void HorizonHook() => Horizon.OnPlan = Shown.Add;

        private sealed class Gate(Rig rig) : IPlanStore
        {
            public StoredPlan? Latest() => rig.Store.Latest();

            public IReadOnlyList<PlanBrief> Recent(int count) => rig.Store.Recent(count);

            public IReadOnlyList<RealizedSlot> Realized(long fromMs) => rig.Store.Realized(fromMs);

            public IReadOnlyList<(long AtMs, ForeseenSlot Slot)> Foreseen(long fromMs) => rig.Store.Foreseen(fromMs);

            public void Add(RealizedSlot slot) => rig.Store.Add(slot);

            public void Add(BundleView bundle) => rig.Store.Add(bundle);

            public BundleView? Bundle(string? id) => rig.Store.Bundle(id);

            public IReadOnlyList<BundleBrief> Bundles(int count) => rig.Store.Bundles(count);

            public void Add(StoredPlan plan, RealizedSlot? realized)
            {
                if (rig.Fail) throw new IOException("the disk is full");
                rig.Store.Add(plan, realized);
            }

            public IReadOnlyList<PlanHead> Heads(long fromMs, long toMs) => rig.Store.Heads(fromMs, toMs);

            public IReadOnlyList<(long AtMs, string Hash)> Hashes() => rig.Store.Hashes();

            public void Dispose()
            {
            }
        }
    }

    private sealed class GivenSnapshots : IFleetSnapshots
    {
        private readonly Channel<FleetSnapshot> _given = Channel.CreateUnbounded<FleetSnapshot>();

        public void Give(FleetSnapshot fleet) => _given.Writer.TryWrite(fleet).ShouldBeTrue();

        public void End() => _given.Writer.Complete();

        public async ValueTask<FleetSnapshot?> NextAsync(CancellationToken cancellationToken) =>
            await _given.Reader.WaitToReadAsync(cancellationToken) && _given.Reader.TryRead(out FleetSnapshot? fleet) ? fleet : null;
    }

    private sealed class FakeAuditor : IPlanAuditor
    {
        public int Findings { get; set; }

        public AuditView Audit(DispatchInstance instance, DispatchResult result) => new(instance.VehicleCount, instance.VehicleCount, Findings, Findings > 0 ? "over capacity" : string.Empty);
    }
}
