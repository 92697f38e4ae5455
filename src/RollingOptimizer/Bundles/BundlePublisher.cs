using Movc.Domain.Dispatch;
using Movc.Domain.Queries;
using Movc.EventLog;
using Movc.EventLog.Wire;
using Movc.RollingOptimizer.Model;
using Movc.RollingOptimizer.Plans;
using Movc.VehicleKernel.Bundles;

namespace Movc.RollingOptimizer.Bundles;

/// <summary>
/// Publishes each plan as its prices, after its setpoints are out: chained to the one before, stored, and sent over the log. Works beside
/// the next interval; one at a time, so that the chain has no gap.
/// </summary>
/// <param name="log">Where bundles are sent.</param>
/// <param name="store">Where they are kept.</param>
/// <param name="instances">Folder for the newest plans' dispatch problems, without which a bundle can be verified only in part; null = none are kept.</param>
public sealed class BundlePublisher(IEventLog log, IPlanStore store, string? instances = null)
{
    /// <summary>Dispatch problems that are kept: an hour of them.</summary>
    public const int InstancesKept = 6;

    private readonly Lazy<ILogProducer> _plans = new(() => log.OpenProducer(Topics.Plans));
    private Task _underWay = Task.CompletedTask;

    /// <summary>Begins to publish a plan, after the one before is done; one that cannot be is passed over.</summary>
    /// <param name="view">The plan.</param>
    /// <param name="instance">Its problem.</param>
    /// <param name="result">Its answer.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <remarks>Throws what the one before failed with.</remarks>
    public async Task BeginAsync(PlanView view, DispatchInstance instance, DispatchResult result, CancellationToken cancellationToken)
    {
        await _underWay;
        if (!PlanBundles.CanBe(result)) return;
        _underWay = Task.Run(() => PublishAsync(view, instance, result, cancellationToken), CancellationToken.None);
    }

    /// <summary>Completes once everything begun is done.</summary>
    public Task EndAsync() => _underWay;

    private async Task PublishAsync(PlanView view, DispatchInstance instance, DispatchResult result, CancellationToken cancellationToken)
    {
        if (instances is not null) Keep(view.Id, instance);
        Digest previous = store.Bundle(null) is { } last && last.At < view.At ? Digest.Parse(last.Hash) : Digest.None;
        PlanBundle bundle = PlanBundles.Of(instance, result, view.Seed, view.At.ToUnixTimeMilliseconds(), view.Id, previous);
        byte[] bytes = BundleCodec.Encode(bundle, out Digest hash);
        store.Add(new BundleView(view.Id, view.At, hash.ToString(), bytes));
        byte[] id = System.Text.Encoding.UTF8.GetBytes(view.Id);
        await _plans.Value.SendAsync(0, CloudEventRecord.Of(id, id, "movc:optimizer"u8, "movc.plan.bundled.v1"u8, view.At.ToUnixTimeMilliseconds(), bytes, "application/vnd.movc.plan-bundle"u8), cancellationToken);
    }

    private void Keep(string id, DispatchInstance instance)
    {
        DirectoryInfo folder = Directory.CreateDirectory(instances!);
        InstanceFolder.Write(instance, Directory.CreateDirectory(Path.Combine(folder.FullName, id)).FullName);
        // Ids begin with the time.
        foreach (DirectoryInfo old in folder.GetDirectories().OrderByDescending(d => d.Name, StringComparer.Ordinal).Skip(InstancesKept)) old.Delete(recursive: true);
    }
}
