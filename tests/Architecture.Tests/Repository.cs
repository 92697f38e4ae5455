namespace Movc.Architecture.Tests;

/// <summary>The files of the repository that the tests run in, without what a build or a run leaves there.</summary>
internal static class Repository
{
    private static readonly string[] Left = [".git", "artifacts", "data", "node_modules", "dist", "bin", "obj", "TestResults", ".vs", ".vscode", ".idea"];

    /// <summary>Folder of Movc.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Every file, by its path from the root with forward slashes, in ordinal order.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Walk(Root).Select(Relative).Order(StringComparer.Ordinal)];

    /// <summary>Hand-written C# of the product.</summary>
    public static IEnumerable<string> ProductSources => Files.Where(f => f.StartsWith("src/", StringComparison.Ordinal) && f.EndsWith(".cs", StringComparison.Ordinal));

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static IEnumerable<string> Walk(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder)) yield return file;
        foreach (string inner in Directory.EnumerateDirectories(folder))
        {
            if (Left.Contains(Path.GetFileName(inner), StringComparer.Ordinal)) continue;
            foreach (string file in Walk(inner)) yield return file;
        }
    }

    private static string Relative(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Movc.sln"))) return folder.FullName;
        throw new InvalidOperationException("the tests do not run inside the repository");
    }
}
