using System.Text;

namespace Movc.Studies.Cache;

/// <summary>
/// A folder of results named by what they were computed from. What is used is touched; beyond the limit the longest unused go first.
/// Anybody may delete anything in it at any time: it costs a computation, never a result.
/// </summary>
public sealed class StudyCache
{
    private const string Extension = ".cache";
    private readonly long _limitBytes;
    private readonly TimeProvider _time;

    /// <param name="folder">Made where it is not there.</param>
    /// <param name="limitBytes">What it may hold.</param>
    /// <param name="time">Clock of the touches.</param>
    public StudyCache(string folder, long limitBytes, TimeProvider time)
    {
        (Folder, _limitBytes, _time) = (Directory.CreateDirectory(folder).FullName, limitBytes, time);
    }

    public string Folder { get; }

    /// <summary>Where an entry stands or would stand.</summary>
    public string PathOf(string kind, string key) => Path.Combine(Folder, $"{kind}-{key}{Extension}");

    /// <summary>Text of an entry, or null.</summary>
    public string? TryReadText(string kind, string key)
    {
        string path = PathOf(kind, key);
        if (!File.Exists(path)) return null;
        string text = File.ReadAllText(path);
        Touch(path);
        return text;
    }

    /// <summary>Keeps a text; the entry appears whole or not at all.</summary>
    public void WriteText(string kind, string key, string text)
    {
        string path = PathOf(kind, key), part = $"{path}.{Environment.ProcessId}.part";
        File.WriteAllText(part, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        File.Move(part, path, overwrite: true);
    }

    /// <summary>Marks an entry as used now.</summary>
    public void Touch(string path) => File.SetLastWriteTimeUtc(path, _time.GetUtcNow().UtcDateTime);

    /// <summary>Deletes the longest unused entries until the rest fits.</summary>
    public void Trim()
    {
        FileInfo[] entries = [.. new DirectoryInfo(Folder).EnumerateFiles("*" + Extension).OrderByDescending(f => f.LastWriteTimeUtc).ThenBy(f => f.Name, StringComparer.Ordinal)];
        long sum = 0;
        foreach (FileInfo entry in entries)
        {
            sum += entry.Length;
            if (sum > _limitBytes) entry.Delete();
        }
    }
}
