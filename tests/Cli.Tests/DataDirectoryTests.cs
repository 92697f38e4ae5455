using Movc.Composition;
using Movc.Domain;

namespace Movc.Cli.Tests;

public sealed class DataDirectoryTests : IDisposable
{
    private static readonly CityIdentity Mine = new("movc:sim/shenzhen", 50, 1, 1_658_073_600_000, 16, "gamma 1");

    private static readonly CityGround Ground = new() { City = "x", TimeZone = "Asia/Shanghai", Districts = [], LoadSource = "none", Assumptions = [] };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private DataDirectory Open(CityIdentity? identity = null, bool fresh = false) => DataDirectory.Open(_folder["data"], identity ?? Mine, Ground, fresh);

    private string Refused(CityIdentity? identity = null, bool fresh = false) => Should.Throw<InputException>(() => Open(identity, fresh)).Message;

    private string[] Names() => [.. Directory.GetFileSystemEntries(_folder["data"]).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    private void Write(params string[] names)
    {
        foreach (string name in names) File.WriteAllText(Path.Combine(_folder["data"], name), "something");
    }

    [Fact]
    public void It_is_held_until_it_is_let_go()
    {
        using (DataDirectory data = Open())
        {
            data.EventStorePath.ShouldBe(Path.Combine(_folder["data"], "twin.db"));
            data.PlanStorePath.ShouldBe(Path.Combine(_folder["data"], "plans.db"));
            Should.Throw<IOException>(() => Open()).Message.ShouldContain("another movc is running on it");
        }
        using DataDirectory again = Open();
    }

    [Fact]
    public void Every_part_of_the_identity_must_agree()
    {
        using (DataDirectory data = Open()) data.ShouldNotBeNull();
        CityIdentity[] others = [Mine with { Source = "a:b" }, Mine with { Vehicles = 51 }, Mine with { Seed = 2 }, Mine with { StartMs = 0 }, Mine with { Partitions = 8 }, Mine with { Variant = "gamma 2" }];
        foreach (CityIdentity other in others) Refused(other).ShouldContain("--fresh");
        // A refusal lets go of it.
        using DataDirectory same = Open();
    }

    [Fact]
    public void Fresh_deletes_what_is_ours_and_nothing_else()
    {
        using (DataDirectory data = Open()) data.ShouldNotBeNull();
        Write("twin.db", "twin.db-wal", "twin.db-shm", "plans.db", "plans.db-wal", "plans.db-shm", "city.json.new", "notes.txt", "twin.db.backup");
        using DataDirectory fresh = Open(Mine with { Seed = 2 }, fresh: true);
        Names().ShouldBe(["city.json", "ground.json", "movc.lock", "notes.txt", "twin.db.backup"]);
    }

    [Fact]
    public void A_fresh_that_was_killed_half_way_must_be_given_again()
    {
        using (DataDirectory data = Open()) data.ShouldNotBeNull();
        File.Delete(Path.Combine(_folder["data"], "city.json"));
        Write("twin.db-wal", "plans.db");
        Refused().ShouldContain("--fresh");
        using DataDirectory fresh = Open(fresh: true);
        Names().ShouldBe(["city.json", "ground.json", "movc.lock"]);
    }

    [Fact]
    public void What_was_begun_and_killed_before_it_had_a_name_is_taken_over()
    {
        Directory.CreateDirectory(_folder["data"]);
        Write("movc.lock", "city.json.new");
        using DataDirectory data = Open();
        Names().ShouldBe(["city.json", "ground.json", "movc.lock"]);
    }

    [Theory]
    [InlineData("a.txt")]
    [InlineData("twin.db")]
    [InlineData("a.txt", "movc.lock")]
    public void A_directory_that_is_not_ours_is_refused_even_with_fresh(params string[] names)
    {
        Directory.CreateDirectory(_folder["data"]);
        Write(names);
        Refused(fresh: true).ShouldContain($"\"{names[0]}\"");
        Names().ShouldBe(names);
    }

    [Theory]
    [InlineData("", ":1:1:")]
    [InlineData("{", ":1:")]
    [InlineData("null", "holds")]
    [InlineData("{}", ":1:")]
    [InlineData("{\n  \"Source\": \"a\",\n  \"Vehicles\": \"many\"\n}", ":3:")]
    public void A_city_file_that_tells_nothing_is_named_with_the_remedy(string text, string part)
    {
        using (DataDirectory data = Open()) data.ShouldNotBeNull();
        File.WriteAllText(Path.Combine(_folder["data"], "city.json"), text);
        string refusal = Refused();
        refusal.ShouldContain(part);
        refusal.ShouldContain("--fresh");
        using DataDirectory fresh = Open(fresh: true);
    }
}
