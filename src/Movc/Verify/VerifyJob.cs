using System.Globalization;
using Movc.Domain;
using Movc.Domain.Dispatch;
using Movc.RollingOptimizer.Model;
using Movc.Solve;
using Movc.VehicleKernel.Bundles;

namespace Movc.Verify;

/// <summary>Checks bundles in the order of their chain, the last against its instance where that is given.</summary>
internal static class VerifyJob
{
    /// <param name="files">Bundles, the oldest first.</param>
    /// <param name="instanceFolder">Instance of the last; null where it is not at hand.</param>
    /// <param name="vehicles">Ids of the vehicles to look at alone; null for all.</param>
    /// <exception cref="InputException">A file cannot be read, or a vehicle is unknown.</exception>
    public static VerifyDocument Execute(IReadOnlyList<string> files, string? instanceFolder, IReadOnlyList<string>? vehicles, JobProgress progress, CancellationToken stop)
    {
        if (vehicles is not null && instanceFolder is null) throw new InputException("verify: --vehicles needs their data; give --instance DIR");
        progress.Step("reading the bundles");
        BundleFile[] bundles = [.. files.Select(BundleFile.Read)];
        DispatchInstance? x = null;
        if (instanceFolder is not null)
        {
            progress.Step("reading the instance");
            x = InstanceFolder.Read(instanceFolder);
        }
        var documents = new List<VerifyDocument.Bundle>();
        for (int k = 0; k < bundles.Length; k++)
        {
            stop.ThrowIfCancellationRequested();
            documents.Add(Document(bundles[k], k == 0 ? null : bundles[k - 1], k == bundles.Length - 1 ? x : null, vehicles, instanceFolder is not null, progress, stop));
        }
        return new VerifyDocument(
            documents.TrueForAll(d => d.Checks.All(c => c.Outcome != CheckOutcome.Failed)), documents[^1].Checks.All(c => c.Outcome == CheckOutcome.Ok), documents);
    }

    private static VerifyDocument.Bundle Document(
        BundleFile file, BundleFile? before, DispatchInstance? x, IReadOnlyList<string>? vehicles, bool instanceGiven, JobProgress progress, CancellationToken stop)
    {
        if (file.Plan is not { } plan)
        {
            BundleFormatException damage = file.Damage!;
            IEnumerable<VerifyDocument.Check> left = ((string[])["chain", "prices"]).Select(n => new VerifyDocument.Check(n, CheckOutcome.NotMade, null, null, "the bundle is damaged")).Concat(InstanceChecks.NotMade("the bundle is damaged"));
            return new VerifyDocument.Bundle(file.Path, file.Bytes, null, null, null, null, null, null, null, file.Hash.ToString(),
                [new VerifyDocument.Check("integrity", CheckOutcome.Failed, damage.Expected, damage.Found, damage.What), .. left]);
        }
        var checks = new List<VerifyDocument.Check>
        {
            new("integrity", CheckOutcome.Ok, null, null, $"format {BundleCodec.Version}; check, bundle hash and content agree"),
            Chain(plan, before),
            PriceCheck.Of(plan),
        };
        PartDocument? part = null;
        if (x is null)
        {
            checks.AddRange(InstanceChecks.NotMade(instanceGiven ? "the instance given is that of the last bundle" : "needs the instance; give --instance DIR"));
        }
        else if (vehicles is not null)
        {
            part = Part(file, plan, x with { PeakWeight = plan.PeakWeight }, vehicles, checks, stop);
        }
        else
        {
            // The folder may have been solved for another objective than its own settings name; the bundle tells which.
            checks.AddRange(InstanceChecks.Of(plan, x with { PeakWeight = plan.PeakWeight }, progress, stop));
        }
        return new VerifyDocument.Bundle(
            file.Path, file.Bytes, plan.Id, DateTimeOffset.FromUnixTimeMilliseconds(plan.AtMs), plan.VehicleCount, plan.Slots, plan.Rounds.Count,
            plan.ObjectiveKw, plan.BoundKw, file.Hash.ToString(), checks) { Part = part };
    }

    private static VerifyDocument.Check Chain(PlanBundle plan, BundleFile? before)
    {
        if (before is null)
        {
            return plan.PreviousHash == Digest.None
                ? new VerifyDocument.Check("chain", CheckOutcome.Ok, null, null, "the first of its chain")
                : new VerifyDocument.Check("chain", CheckOutcome.NotMade, plan.PreviousHash.ToString(), null, "needs the bundle before; give it first");
        }
        if (before.Hash != plan.PreviousHash || before.Damage is not null)
            return new VerifyDocument.Check("chain", CheckOutcome.Failed, plan.PreviousHash.ToString(), before.Hash.ToString(), before.Damage is null ? $"the plan follows another than {before.Path}" : $"{before.Path} is damaged");
        if (before.Plan!.AtMs > plan.AtMs)
        {
            return new VerifyDocument.Check(
                "chain", CheckOutcome.Failed, string.Create(CultureInfo.InvariantCulture, $"after {before.Plan.AtMs} ms"), string.Create(CultureInfo.InvariantCulture, $"{plan.AtMs} ms"), "the plan is older than the one before it");
        }
        return new VerifyDocument.Check("chain", CheckOutcome.Ok, plan.PreviousHash.ToString(), before.Hash.ToString(), $"follows {before.Plan.Id}");
    }

    private static PartDocument Part(BundleFile file, PlanBundle plan, DispatchInstance x, IReadOnlyList<string> ids, List<VerifyDocument.Check> checks, CancellationToken stop)
    {
        Digest snapshot = Digest.Read(InstanceHash.BytesOf(x));
        bool same = snapshot == plan.SnapshotHash;
        checks.Add(new VerifyDocument.Check("snapshot", same ? CheckOutcome.Ok : CheckOutcome.Failed, plan.SnapshotHash.ToString(), snapshot.ToString(), same ? "the instance is the one that was planned" : "the instance is another than the one that was planned"));
        Dictionary<string, int> indexOf = InstanceFolder.IndexOf(x);
        int[] vehicles = [.. ids.Select(id => indexOf.TryGetValue(id, out int i) ? i : throw new InputException($"--vehicles {id}: not in the instance; give ids of its vehicles.csv"))];
        PartDocument part = PlanPart.Of(plan, file.Hash, x, vehicles, vehicles, stop);
        string why = string.Create(CultureInfo.InvariantCulture, $"{vehicles.Length:N0} of {plan.VehicleCount:N0} vehicles were looked at; leave --vehicles out for all");
        checks.AddRange(InstanceChecks.NotMade(why).Where(c => c.Name is not ("snapshot" or "needs")));
        checks.Add(VehicleChecks.Of(plan, x, vehicles, part));
        return part;
    }
}
