using System.Text.RegularExpressions;

namespace Movc.Architecture.Tests.Rules;

/// <summary>What a page of documentation says that can be checked.</summary>
internal static partial class Markdown
{
    /// <summary>Relative links of a page, as paths from the repository's root, without their anchors.</summary>
    public static IEnumerable<string> LinkedFiles(string page, string text)
    {
        string folder = Path.GetDirectoryName(page) ?? string.Empty;
        foreach (Match match in Link().Matches(text))
        {
            string target = match.Groups["it"].Value.Split('#')[0];
            if (target.Length == 0 || target.Contains("://", StringComparison.Ordinal) || target.StartsWith("mailto:", StringComparison.Ordinal)) continue;
            yield return Path.GetRelativePath(".", Path.Combine(folder, target)).Replace('\\', '/').TrimEnd('/');
        }
    }

    /// <summary>Test classes that a page names, as `ShardTests` or `ShardTests.A_fact`.</summary>
    public static IEnumerable<string> NamedTests(string text) => TestName().Matches(text).Select(m => m.Groups["it"].Value);

    /// <summary>Text of the section under each heading of the third level, by the first code span of the heading.</summary>
    public static IReadOnlyDictionary<string, string> Sections(string text)
    {
        var sections = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string part in ("\n" + text).Split("\n### ").Skip(1))
        {
            string body = part.Split("\n## ")[0];
            Match name = CodeSpan().Match(body.Split('\n')[0]);
            if (name.Success) sections[name.Groups["it"].Value] = body;
        }
        return sections;
    }

    /// <summary>Fenced blocks in JSON.</summary>
    public static IEnumerable<string> JsonBlocks(string text) => Json().Matches(text).Select(m => m.Groups["it"].Value);

    [GeneratedRegex(@"\]\((?<it>[^)\s]+)\)", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Link();

    [GeneratedRegex(@"`(?<it>\w+Tests(\.\w+)?)`", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex TestName();

    [GeneratedRegex("`(?<it>[^`]+)`", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"```json\n(?<it>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Json();
}
