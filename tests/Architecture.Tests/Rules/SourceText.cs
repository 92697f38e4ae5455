using System.Text.RegularExpressions;

namespace Movc.Architecture.Tests.Rules;

/// <summary>Rules that one C# file can be judged by alone. Each gives its findings in words, none = kept.</summary>
internal static partial class SourceText
{
    public const int MostLines = 500;

    public const int ManyLines = 300;

    /// <summary>At most one public type, named as the file; a file-scoped namespace.</summary>
    public static IEnumerable<string> Shape(string path, string text)
    {
        string code = Code(text);
        string[] types = [.. PublicType().Matches(code).Select(m => m.Groups["name"].Value)];
        if (types.Distinct(StringComparer.Ordinal).Count() > 1) yield return $"{path}: {types.Length} public types: {string.Join(", ", types)}";
        string file = Path.GetFileName(path).Split('.')[0];
        foreach (string type in types.Where(t => !string.Equals(t, file, StringComparison.Ordinal)).Take(1))
            yield return $"{path}: the public type is {type}";
        if (BlockNamespace().IsMatch(code)) yield return $"{path}: the namespace is a block, not file-scoped";
    }

    /// <summary>Lines: never over <see cref="MostLines"/>, over <see cref="ManyLines"/> only where it is known and meant.</summary>
    public static IEnumerable<string> Length(string path, string text, IReadOnlyCollection<string> longOnPurpose)
    {
        int lines = text.AsSpan().Count('\n');
        if (lines > MostLines) yield return $"{path}: {lines} lines, over {MostLines}";
        else if (lines > ManyLines && !longOnPurpose.Contains(path, StringComparer.Ordinal)) yield return $"{path}: {lines} lines, over {ManyLines} and not among the known long files";
    }

    /// <summary>The wall clock, unseeded randomness and blocking sleeps: what makes a run differ from the next.</summary>
    public static IEnumerable<string> Unrepeatable(string path, string text) =>
        Banned().Matches(Code(text)).Select(m => $"{path}: {m.Value}");

    /// <summary>The text without comments, strings and characters, so that prose cannot break a rule.</summary>
    public static string Code(string text) => CommentOrLiteral().Replace(text, m => m.Value[0] == '/' ? " " : "\"\"");

    [GeneratedRegex(@"^public\s+((static|sealed|abstract|partial|readonly|ref|unsafe)\s+)*(record\s+struct|record\s+class|record|class|struct|interface|enum|delegate\s+[\w<>\[\]?,. ]+?)\s+(?<name>\w+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex PublicType();

    [GeneratedRegex(@"^namespace\s+[\w.]+\s*(\{|$)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex BlockNamespace();

    [GeneratedRegex(@"\bDateTime(?:Offset)?\s*\.\s*(?:Now|UtcNow|Today)\b|\bnew\s+Random\s*\(\s*\)|\bRandom\s*\.\s*Shared\b|\bGuid\s*\.\s*NewGuid\b|\bThread\s*\.\s*Sleep\b|\bStopwatch\s*\.\s*(?:StartNew|GetTimestamp)\b|\bEnvironment\s*\.\s*TickCount", RegexOptions.None, 5000)]
    private static partial Regex Banned();

    [GeneratedRegex("""//[^\n]*|/\*.*?\*/|"{3,}.*?"{3,}|@"(?:[^"]|"")*"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'""", RegexOptions.Singleline, 5000)]
    private static partial Regex CommentOrLiteral();
}
