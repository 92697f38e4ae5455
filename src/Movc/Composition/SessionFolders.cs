namespace Movc.Composition;

/// <summary>Directories for sessions that nobody keeps, deleted at the end.</summary>
internal sealed class SessionFolders : IDisposable
{
    private readonly List<DirectoryInfo> _made = [];

    /// <summary>A new empty one.</summary>
    public string Next()
    {
        _made.Add(Directory.CreateTempSubdirectory("movc-replay-"));
        return _made[^1].FullName;
    }

    /// <summary>Deletes all but the newest.</summary>
    public void KeepNewest()
    {
        foreach (DirectoryInfo old in _made.SkipLast(1)) Delete(old);
        if (_made.Count > 1) _made.RemoveRange(0, _made.Count - 1);
    }

    public void Dispose()
    {
        foreach (DirectoryInfo folder in _made) Delete(folder);
    }

    private static void Delete(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (IOException)
        {
            // Left for whoever clears temporary files.
        }
    }
}
