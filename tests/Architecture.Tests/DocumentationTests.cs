using Movc.Architecture.Tests.Rules;

namespace Movc.Architecture.Tests;

public class DocumentationTests
{
    [Fact]
    public void Every_relative_link_leads_somewhere()
    {
        string[] links = [.. Pages().SelectMany(p => Markdown.LinkedFiles(p, Repository.Read(p)).Select(l => $"{p} -> {l}"))];
        links.Length.ShouldBeGreaterThan(10);
        links.Where(l => !Exists(l.Split(" -> ")[1])).ShouldBeEmpty();
    }

    [Fact]
    public void Every_test_that_a_page_names_exists()
    {
        string tests = string.Join('\n', Repository.Files.Where(f => f.StartsWith("tests/", StringComparison.Ordinal) && f.EndsWith(".cs", StringComparison.Ordinal)).Select(Repository.Read));
        string[] named = [.. Pages().SelectMany(p => Markdown.NamedTests(Repository.Read(p)).Select(n => $"{p} -> {n}"))];
        named.Length.ShouldBeGreaterThan(10);
        named.Where(n => !IsThere(tests, n.Split(" -> ")[1])).ShouldBeEmpty();
    }

    [Fact]
    public void Every_decision_has_context_decision_rejected_options_and_a_test()
    {
        string[] decisions = [.. Pages().Where(p => p.StartsWith("docs/adr/0", StringComparison.Ordinal))];
        decisions.Length.ShouldBeGreaterThanOrEqualTo(10);
        foreach (string decision in decisions)
        {
            string text = Repository.Read(decision);
            foreach (string part in new[] { "**Context.**", "**Decision.**", "**Rejected.**", "**Pinned by.**" }) text.ShouldContain(part, customMessage: decision);
        }
    }

    [Fact]
    public void Planted_links_and_names_are_found()
    {
        Markdown.LinkedFiles("docs/adr/0001.md", "[a](../replay.md#x) [b](https://a.example/b) [c](#d) ![e](0002.md)").ShouldBe(["docs/replay.md", "docs/adr/0002.md"]);
        Exists("docs/no-such-page.md").ShouldBeFalse();
        Markdown.NamedTests("`ShardTests`, `ShardTests.A_fact`, `Tested` and ShardTests").ShouldBe(["ShardTests", "ShardTests.A_fact"]);
        IsThere("public class ShardTests { void A_fact() }", "ShardTests.A_fact").ShouldBeTrue();
        IsThere("public class ShardTests { void A_fact() }", "ShardTests.Another").ShouldBeFalse();
        IsThere("public class ShardTests { void A_fact() }", "OtherTests").ShouldBeFalse();
    }

    private static IEnumerable<string> Pages() => Repository.Files.Where(f => f.EndsWith(".md", StringComparison.Ordinal));

    private static bool Exists(string path) => Path.Exists(Path.Combine(Repository.Root, path));

    private static bool IsThere(string tests, string name)
    {
        string[] parts = name.Split('.');
        return tests.Contains($"class {parts[0]}", StringComparison.Ordinal)
            && (parts.Length == 1 || tests.Contains($" {parts[1]}(", StringComparison.Ordinal));
    }
}
