namespace Movc.Browser.Tests.Support;

/// <summary>An empty folder for one run's data, gone afterwards.</summary>
internal sealed class DataFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("movc-browser-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
