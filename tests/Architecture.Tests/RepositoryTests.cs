using Movc.Architecture.Tests.Rules;

namespace Movc.Architecture.Tests;

public class RepositoryTests
{
    [Fact]
    public void No_file_names_a_package_registry_or_a_path_of_one_machine()
    {
        string[] texts = [.. Repository.Files.Where(RepositoryText.IsText)];
        texts.Length.ShouldBeGreaterThan(200);
        texts.SelectMany(f => RepositoryText.Violations(f, Repository.Read(f))).ShouldBeEmpty();
    }

    [Fact]
    public void Every_number_of_a_parameter_file_tells_its_unit_and_where_it_comes_from()
    {
        string[] files = [.. Repository.Files.Where(f => f.StartsWith("src/", StringComparison.Ordinal) && f.Contains("/Parameters/", StringComparison.Ordinal) && f.EndsWith(".json", StringComparison.Ordinal))];
        files.Length.ShouldBeGreaterThanOrEqualTo(2);
        foreach (string file in files) ParameterMarks.Violations(Repository.Read(file)).ShouldBeEmpty(file);
    }

    [Fact]
    public void Planted_hosts_and_paths_are_found()
    {
        RepositoryText.Violations("a", "see https://api.nuget." + "org/v3").ShouldHaveSingleItem();
        RepositoryText.Violations("a", "registry=https://registry.NPMJS." + "org").ShouldHaveSingleItem();
        RepositoryText.Violations("a", "cd /wo" + "rk/main").ShouldHaveSingleItem();
        RepositoryText.Violations("a", "\"/tm" + "p/x\"").ShouldHaveSingleItem();
        RepositoryText.Violations("a", "open /ro" + "ot/key and /ho" + "me/ann/key").Count().ShouldBe(2);
        RepositoryText.Violations("a", "see ../shared/work/data, a/tmp/b, https://a.example/work/b and $HOME/tmp/x").ShouldBeEmpty();
    }

    [Fact]
    public void Planted_parameters_without_a_source_are_found()
    {
        ParameterMarks.Violations("""{ "a": { "value": 1, "unit": "kW", "mark": "G", "why": "so" } }""").ShouldBeEmpty();
        ParameterMarks.Violations("""{ "a": { "value": 1, "unit": "kW", "why": "so" } }""").ShouldBe(["$.a: no mark", "$.a.value: a number without a mark"]);
        ParameterMarks.Violations("""{ "a": { "value": "x", "unit": "text", "why": "so" } }""").ShouldBe(["$.a: no mark"]);
        ParameterMarks.Violations("""{ "a": { "value": 1, "unit": "kW", "mark": "X", "why": "so" } }""").ShouldBe(["$.a: the mark is none of S, P, G"]);
        ParameterMarks.Violations("""{ "a": { "value": 1, "mark": "S" } }""").ShouldBe(["$.a: no unit", "$.a: no reason"]);
        ParameterMarks.Violations("""{ "a": 3 }""").ShouldBe(["$.a: a number without a mark"]);
        ParameterMarks.Violations("""{ "a": { "rows": [[1]], "columns": { "x": "1" }, "note": "so" } }""").ShouldBe(["$.a: no mark", "$.a.rows[0][0]: a number without a mark"]);
        ParameterMarks.Violations("""{ "a": { "rows": [[1]], "mark": "P", "note": "so" } }""").ShouldBe(["$.a: no columns with their units"]);
    }
}
