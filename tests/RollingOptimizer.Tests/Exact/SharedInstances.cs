namespace Movc.RollingOptimizer.Exact.Tests;

/// <summary>The reference instances, or a skipped test.</summary>
internal static class SharedInstances
{
    public static string Folder(string name)
    {
        foreach (string root in Roots())
        {
            string folder = Path.Combine(root, name);
            if (Directory.Exists(folder)) return folder;
        }
        Assert.Skip("needs ../shared/instances or MOVC_INSTANCES");
        return string.Empty;
    }

    private static IEnumerable<string> Roots()
    {
        if (Environment.GetEnvironmentVariable("MOVC_INSTANCES") is { Length: > 0 } named) yield return named;
        if (Environment.GetEnvironmentVariable("MOVC_DATA") is { Length: > 0 } data) yield return Path.Combine(data, "..", "instances");
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
            yield return Path.Combine(at.FullName, "..", "shared", "instances");
    }
}
