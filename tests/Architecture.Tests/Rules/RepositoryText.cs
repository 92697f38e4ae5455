using System.Text.RegularExpressions;

namespace Movc.Architecture.Tests.Rules;

/// <summary>What no file of the repository may say: where packages come from, and paths of one machine.</summary>
internal static partial class RepositoryText
{
    // In two halves, so that this file does not break the rule that it checks.
    private static readonly string[] RegistryHosts =
        [.. new[] { "nuget|org", "npmjs|org", "npmjs|com", "yarnpkg|com", "pypi|org", "pythonhosted|org", "crates|io", "proxy.golang|org", "maven|org" }.Select(h => h.Replace('|', '.'))];

    private static readonly string[] TextEndings =
    [
        ".cs", ".csproj", ".props", ".targets", ".sln", ".json", ".md", ".proto", ".ts", ".js", ".mjs", ".svelte", ".css", ".html", ".yml", ".yaml", ".xml",
        ".config", ".txt", ".sh", ".csv", ".editorconfig", ".gitignore", ".npmrc", "",
    ];

    public static bool IsText(string path) => TextEndings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<string> Violations(string path, string text)
    {
        foreach (string host in RegistryHosts.Where(h => text.Contains(h, StringComparison.OrdinalIgnoreCase))) yield return $"{path}: names the registry host {host}";
        foreach (Match match in MachinePath().Matches(text)) yield return $"{path}: names the path {match.Value}";
    }

    [GeneratedRegex(@"(?<![\w.)}\]/~*-])/(?:work|tmp|root|home/\w+)/\w", RegexOptions.None, 5000)]
    private static partial Regex MachinePath();
}
