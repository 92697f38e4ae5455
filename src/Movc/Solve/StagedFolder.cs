using Movc.Domain;

namespace Movc.Solve;

/// <summary>
/// A folder that appears whole or not at all: files go into a hidden folder beside it, which takes its name at the end. An earlier
/// folder of the same kind is replaced; anything else that stands there is left alone and refused.
/// </summary>
internal sealed class StagedFolder : IDisposable
{
    private readonly string _target;
    private bool _done;

    private StagedFolder(string target)
    {
        _target = target;
        Path = $"{target}.{Environment.ProcessId}.part";
    }

    /// <summary>Where to write.</summary>
    public string Path { get; }

    /// <param name="folder">As the user gave it.</param>
    /// <param name="mark">A file that an earlier folder of this kind holds.</param>
    /// <param name="option">Option that named it, for the complaint.</param>
    /// <param name="never">A file that a folder to be replaced must not hold.</param>
    /// <exception cref="InputException">Something else stands there.</exception>
    public static StagedFolder At(string folder, string mark, string option, string? never = null)
    {
        ThrowIfTaken(folder, mark, option, never);
        var staged = new StagedFolder(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(folder)));
        if (Directory.Exists(staged.Path)) Directory.Delete(staged.Path, recursive: true);
        Directory.CreateDirectory(staged.Path);
        return staged;
    }

    /// <exception cref="InputException">Something else stands there.</exception>
    public static void ThrowIfTaken(string folder, string mark, string option, string? never = null)
    {
        if (File.Exists(folder)) throw new InputException($"{option} {folder}: a file stands there; name another folder");
        if (!Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any()) return;
        bool earlier = File.Exists(System.IO.Path.Combine(folder, mark));
        bool foreign = never is not null && File.Exists(System.IO.Path.Combine(folder, never));
        if (!earlier || foreign || Directory.EnumerateDirectories(folder).Any())
            throw new InputException($"{option} {folder}: the folder holds something else than an earlier {mark} and its files; name another or empty it");
    }

    /// <summary>Gives the folder its name.</summary>
    public void Complete()
    {
        string old = Path + ".old";
        bool replaces = Directory.Exists(_target);
        if (replaces) Directory.Move(_target, old);
        Directory.Move(Path, _target);
        _done = true;
        if (replaces) Directory.Delete(old, recursive: true);
    }

    public void Dispose()
    {
        if (!_done && Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
    }
}
