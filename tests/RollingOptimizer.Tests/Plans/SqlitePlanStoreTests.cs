using Microsoft.Data.Sqlite;
using Movc.RollingOptimizer.Plans;

namespace Movc.RollingOptimizer.Tests.Plans;

public sealed class SqlitePlanStoreTests : PlanStoreTests, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("movc-plans-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void It_is_read_while_a_city_is_in_the_middle_of_writing_and_is_not_written_to()
    {
        using (IPlanStore store = Open()) store.Add(StoredPlans.Plan(At, 1, 1), null);
        using (var writer = new SqliteConnection($"Data Source={FilePath};Pooling=False"))
        {
            writer.Open();
            using SqliteCommand begin = writer.CreateCommand();
            begin.CommandText = "BEGIN IMMEDIATE; DELETE FROM plans;";
            begin.ExecuteNonQuery();
            using IPlanStore beside = SqlitePlanStore.OpenForReading(FilePath);
            beside.Hashes().ShouldHaveSingleItem();
        }
        string empty = Path.Combine(_folder.FullName, "empty.db");
        File.WriteAllBytes(empty, []);
        Should.Throw<IOException>(() => SqlitePlanStore.OpenForReading(empty)).Message.ShouldContain("not a plan store");
        new FileInfo(empty).Length.ShouldBe(0);
        Should.Throw<IOException>(() => SqlitePlanStore.OpenForReading(empty + "-no")).Message.ShouldContain("cannot be opened");
        File.Exists(empty + "-no").ShouldBeFalse();
    }

    private string FilePath => Path.Combine(_folder.FullName, "plans.db");

    private protected override IPlanStore Open() => SqlitePlanStore.Open(FilePath);
}
