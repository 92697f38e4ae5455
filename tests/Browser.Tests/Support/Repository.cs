namespace Movc.Browser.Tests.Support;

/// <summary>Where things are, seen from the test binary.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The program that a user runs, as built in the configuration of these tests.</summary>
    public static string Program { get; } = Path.Combine(
        Root, "artifacts", "bin", "Movc", Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)), "movc.dll");

    /// <summary>Folder for what people look at afterwards.</summary>
    public static string Screenshots { get; } = Directory.CreateDirectory(Path.Combine(Root, "artifacts", "screenshots")).FullName;

    public static bool HasPage => File.Exists(Path.Combine(Path.GetDirectoryName(Program)!, "dashboard", "index.html"));

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Movc.sln"))) return folder.FullName;
        }
        throw new InvalidOperationException("the tests do not lie below the repository that they are of");
    }
}
