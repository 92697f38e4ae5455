namespace Movc.Scenarios.Tests;

/// <summary>A data directory of a test's own, not made yet; disposing deletes it.</summary>
internal sealed class Workspace : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("movc-scenario-");

    /// <summary>For --data; the program makes it.</summary>
    public string Data => Path.Combine(_root.FullName, "data");

    public Stored Stored => new(Data);

    /// <summary>Intervals still to run of so many from the start; all of them where nothing is stored yet.</summary>
    public int LeftOf(int intervals) => File.Exists(Path.Combine(Data, "city.json")) ? Stored.Left(intervals) : intervals;

    /// <summary>A file of the repository.</summary>
    public static string Repository(params string[] path)
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Movc.sln"))) at = at.Parent;
        at.ShouldNotBeNull("the repository is above the test");
        return Path.Combine([at.FullName, .. path]);
    }

    public void Dispose() => _root.Delete(recursive: true);
}
