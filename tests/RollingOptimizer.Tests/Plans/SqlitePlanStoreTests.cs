using Movc.RollingOptimizer.Plans;

namespace Movc.RollingOptimizer.Tests.Plans;

public sealed class SqlitePlanStoreTests : PlanStoreTests, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("movc-plans-");

    public void Dispose() => _folder.Delete(recursive: true);

    private protected override IPlanStore Open() => SqlitePlanStore.Open(Path.Combine(_folder.FullName, "plans.db"));
}
