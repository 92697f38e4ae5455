using Movc.Domain.Events;
using Movc.Domain.Fleet;
using Movc.Domain.Queries;
using Movc.Domain.Sources;
using Movc.Domain.Time;
using Movc.Gateway.Intake;

namespace Movc.Gateway.Tests;

internal sealed class FakeTwin : ITwinQueries
{
    public TwinStatus Status { get; set; } = Samples.Status();

    public Exception? Fault { get; set; }

    public (string? Reason, int Limit) LastDeadLetterQuestion { get; private set; }

    public int LastEventLimit { get; private set; }

    public ValueTask<TwinStatus> StatusAsync(CancellationToken cancellationToken) =>
        Fault is null ? ValueTask.FromResult(Status) : ValueTask.FromException<TwinStatus>(Fault);

    public PastSpan? Span { get; set; } = new(Samples.Now.AddHours(-3), Samples.Now);

    public ValueTask<CityStateView> CityAsync(CancellationToken cancellationToken) => ValueTask.FromResult(Samples.State(Samples.Now));

    public ValueTask<IReadOnlyList<SourceStatus>> SourcesAsync(CancellationToken cancellationToken) => ValueTask.FromResult<IReadOnlyList<SourceStatus>>([Samples.Source()]);

    public ValueTask<PastSpan?> PastSpanAsync(CancellationToken cancellationToken) => ValueTask.FromResult(Span);

    /// <summary>What working out a past instant waits for.</summary>
    public Task PastReady { get; set; } = Task.CompletedTask;

    /// <summary>Past instants being worked out.</summary>
    public int PastAsked;

    public async ValueTask<CityStateView?> PastCityAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref PastAsked);
        await PastReady;
        return Samples.State(at);
    }

    public ValueTask<VehicleView?> PastVehicleAsync(string vehicleId, DateTimeOffset at, CancellationToken cancellationToken) =>
        ValueTask.FromResult(vehicleId is Samples.VehicleId ? Samples.Vehicle() with { Version = 3 } : null);

    public ValueTask<VehicleView?> VehicleAsync(string vehicleId, CancellationToken cancellationToken) =>
        ValueTask.FromResult(vehicleId is Samples.VehicleId ? Samples.Vehicle() : null);

    public ValueTask<IReadOnlyList<VehicleEventView>?> VehicleEventsAsync(string vehicleId, int limit, CancellationToken cancellationToken)
    {
        LastEventLimit = limit;
        return ValueTask.FromResult<IReadOnlyList<VehicleEventView>?>(vehicleId is Samples.VehicleId ? [Samples.PluggedIn()] : null);
    }

    public ValueTask<IReadOnlyList<DeadLetterView>> DeadLettersAsync(string? reason, int limit, CancellationToken cancellationToken)
    {
        LastDeadLetterQuestion = (reason, limit);
        return ValueTask.FromResult<IReadOnlyList<DeadLetterView>>(
            [new DeadLetterView(7, Samples.Now, "time-backward", "went back by 5 s", "movc:sim/test", "e-17", Samples.VehicleId, "AAE=")]);
    }
}

internal sealed class FakePlans : IPlanQueries
{
    public PlanView? Plan { get; set; } = Samples.Plan();

    public LoadCurves? History { get; set; } = Samples.History();

    public DateTimeOffset? LastFrom { get; private set; }

    public ValueTask<PlanView?> LatestAsync(CancellationToken cancellationToken) => ValueTask.FromResult(Plan);

    public IReadOnlyList<PlanBrief> Recent { get; set; } =
        [new PlanBrief("a", Samples.Now.AddMinutes(-20), "solved", 10, 9, 1 / 9.0, null), new PlanBrief("b", Samples.Now.AddMinutes(-10), "solved", 10, 9.9, .1 / 9.9, .4)];

    public ValueTask<IReadOnlyList<PlanBrief>> RecentAsync(int count, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<PlanBrief>>([.. Recent.TakeLast(count)]);

    public ValueTask<LoadCurves?> HistoryAsync(DateTimeOffset? from, CancellationToken cancellationToken)
    {
        LastFrom = from;
        return ValueTask.FromResult(History);
    }

    public BundleView Bundle { get; } = new("20260701T0000Z-aa", Samples.Now, "ab12", [1, 2, 3]);

    public ValueTask<BundleView?> BundleAsync(string? id, CancellationToken cancellationToken) => ValueTask.FromResult(id is null || string.Equals(id, Bundle.Id, StringComparison.Ordinal) ? Bundle : null);

    public ValueTask<IReadOnlyList<BundleBrief>> BundlesAsync(int count, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<BundleBrief>>([new BundleBrief(Bundle.Id, Bundle.At, Bundle.Hash, Bundle.Bytes.Length)]);

    public ForesightView? Foresight { get; set; }

    public ValueTask<ForesightView?> ForesightAsync(DateTimeOffset? from, CancellationToken cancellationToken)
    {
        LastFrom = from;
        return ValueTask.FromResult(Foresight);
    }
}

internal sealed class FakeRun : IRunInfo
{
    public string City { get; set; } = "Testville";

    public string TimeZone => "Asia/Shanghai";

    public CityMode Mode { get; set; } = CityMode.Simulated;

    public double? Speed { get; set; } = 60;

    public RunState State { get; set; } = RunState.Running;

    public DateTimeOffset StateSince => Samples.Now;

    public string Failure { get; set; } = string.Empty;

    public string LoadSource => "made up for a test";

    public IReadOnlyList<string> Assumptions => ["[G] made up"];
}

/// <summary>City time eight hours ahead of UTC, all year.</summary>
internal sealed class EastEight : ICityCalendar
{
    private const long OffsetMs = 8 * 3_600_000L;

    public string TimeZone => "Asia/Shanghai";

    public int DayNumber(long unixMs) => (int)Math.Floor((unixMs + OffsetMs) / 86_400_000.0);

    public int MinuteOfDay(long unixMs) => (int)((unixMs + OffsetMs) % 86_400_000 / 60_000);

    public int OffsetMinutes(long unixMs) => 480;
}

internal sealed class FakeIntake : IEventIntake
{
    public IntakeResult Result { get; set; } = new(1, 0, []);

    public byte[] Body { get; private set; } = [];

    public string ContentType { get; private set; } = string.Empty;

    public int Calls { get; private set; }

    public ValueTask<IntakeResult> AcceptAsync(ReadOnlyMemory<byte> body, string contentType, CancellationToken cancellationToken)
    {
        Calls++;
        Body = body.ToArray();
        ContentType = contentType;
        return ValueTask.FromResult(Result);
    }
}

/// <summary>A clock that stands where it is put.</summary>
internal sealed class StandingClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}

internal static class Samples
{
    public const string VehicleId = "ev-0001";

    /// <summary>15:00 in the city.</summary>
    public static readonly DateTimeOffset Now = new(2026, 7, 1, 7, 0, 0, TimeSpan.Zero);

    public static TwinStatus Status(int plugged = 60, IReadOnlyDictionary<string, int>? quality = null) => new(
        Now, 100, plugged, 50, 20, 10, 400, 1, 12_345, 6, 3,
        new Dictionary<string, long>(StringComparer.Ordinal) { ["time-backward"] = 2, ["undecodable"] = 1 },
        quality ?? new Dictionary<string, int>(StringComparer.Ordinal) { ["substituted"] = 100 },
        new PlaceCounts(55, 20, 10, 12, 3),
        new FleetFlexibility(420, 350.5, 3_300, 900));

    public static CityStateView State(DateTimeOffset at)
    {
        var shares = new QualityShares(.5, .25, .25, 0, 0);
        var district = new DistrictView("Here", 60, 30, 20, 5, 12.5, 20, 10, 900, shares, shares);
        return new CityStateView(at, district with { Name = DistrictView.CityName }, [district], new string('a', 32), Complete: true, 7);
    }

    public static SourceStatus Source() => new(
        "urn:feed", 100, 2, 3, 4, 61.5, Now, Now.AddMinutes(-1), 5, 1, 2.5, new Dictionary<string, long>(StringComparer.Ordinal) { ["good"] = 97, ["stale"] = 3 });

    public static LoadCurves Curves(DateTimeOffset start, int count, double level = 1000) => new(
        start, 10,
        [.. Enumerable.Range(0, count).Select(i => level + i)],
        [.. Enumerable.Range(0, count).Select(i => level + 2 * i)],
        [.. Enumerable.Range(0, count).Select(i => level + 0.5 * i)]);

    /// <summary>The 15 hours since the city's midnight.</summary>
    public static LoadCurves History() => Curves(Now.AddHours(-15), 90);

    public static PlanView Plan(string id = "2026-07-01T15:00+08:00-abc123", int slots = 144, string status = "solved") => new(
        id, Now, 90, status, status is "solved" ? string.Empty : "because", 12.5, 12.4, 0.008, 0.4, 60, 17, "abc123", 5,
        [10, 20], Curves(Now, slots, 2000), new AuditView(60, 60, 0, string.Empty), Now);

    public static VehicleView Vehicle() => new(
        VehicleId, 3, 42, true, "when-staying", "good", Now, 60, 30, 33, 0.55, -7, Now.AddMinutes(10), null, 7, 7);

    public static VehicleEventView PluggedIn() => new(
        42, "movc.vehicle.plugged-in.v1", Now, Now, "movc:sim/test", 99, "good",
        new VehicleEvent { Type = VehicleEventType.PluggedIn, OccurredAtMs = Now.ToUnixTimeMilliseconds(), MaxChargeW = 7000, Place = PlaceKind.Home });
}
