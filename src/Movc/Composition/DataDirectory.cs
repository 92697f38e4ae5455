using System.Text.Json;
using Movc.Domain;

namespace Movc.Composition;

/// <summary>
/// The directory of a run's data: what it is of (city.json), the event store (twin.db) and the plans (plans.db). One process at
/// a time; a run resumes what is there if it is of the same city, source, seed and fleet, and refuses otherwise.
/// </summary>
internal sealed class DataDirectory : IDisposable
{
    /// <summary>File of the city's <see cref="CityGround"/>.</summary>
    public const string GroundFile = "ground.json";

    /// <summary>Name of the file of operators' orders.</summary>
    public const string OperatorLogFile = "operators.jsonl";

    private static readonly string[] OurFiles = ["twin.db", "twin.db-wal", "twin.db-shm", "plans.db", OperatorLogFile, "plans.db-wal", "plans.db-shm", "ground.json", "ground.json.new"];
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true };
    private readonly FileStream _lock;
    private readonly string _path;

    private DataDirectory(string path, FileStream held)
    {
        _path = path;
        _lock = held;
    }

    public string EventStorePath => Path.Combine(_path, "twin.db");

    public string OperatorLogPath => Path.Combine(_path, OperatorLogFile);

    public string PlanStorePath => Path.Combine(_path, "plans.db");

    /// <summary>Takes the directory.</summary>
    /// <exception cref="InputException">It holds another city's data, or files that are not ours.</exception>
    /// <exception cref="IOException">Another process has it.</exception>
    public static DataDirectory Open(string path, CityIdentity identity, CityGround ground, bool fresh)
    {
        path = Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"--data {path}: {(File.Exists(path) ? "is a file" : $"cannot be made a directory ({e.Message})")}; give a directory", e);
        }
        string cityFile = Path.Combine(path, "city.json");
        if (!File.Exists(cityFile)) CheckUnnamed(path, fresh);
        var directory = new DataDirectory(path, Hold(path));
        try
        {
            if (fresh) directory.Clear();
            directory.Agree(cityFile, identity);
            Write(Path.Combine(path, GroundFile), ground.ToJson());
            return directory;
        }
        catch
        {
            directory.Dispose();
            throw;
        }
    }

    public void Dispose() => _lock.Dispose();

    /// <summary>A directory without city.json is new, half-deleted by a --fresh that was killed, or somebody else's.</summary>
    private static void CheckUnnamed(string path, bool fresh)
    {
        string[] names = [.. Directory.EnumerateFileSystemEntries(path).Select(f => Path.GetFileName(f)).Where(f => f is not "city.json.new")];
        bool isOurs = names.Contains("movc.lock", StringComparer.Ordinal);
        if (names.FirstOrDefault(n => n is not "movc.lock" && !(isOurs && OurFiles.Contains(n, StringComparer.Ordinal))) is { } foreign)
            throw new InputException($"--data {path}: holds \"{foreign}\" and no city.json, so it is not of movc; give an empty or a new directory");
        if (names.Length > 1 && !fresh)
            throw new InputException($"--data {path}: an earlier --fresh was ended before it had deleted everything; give --fresh again, or another --data directory");
    }

    private static FileStream Hold(string path)
    {
        try
        {
            return new FileStream(Path.Combine(path, "movc.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.None);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"--data {path}: may not be written by this user; give another directory", e);
        }
        catch (IOException e) when (File.Exists(Path.Combine(path, "movc.lock")))
        {
            throw new IOException($"--data {path}: another movc is running on it; stop that one or give another directory", e);
        }
        catch (IOException e)
        {
            throw new IOException($"--data {path}: cannot be written ({e.Message}); give another directory", e);
        }
    }

    private void Clear()
    {
        // First what names them: a kill half-way must not leave plans without their events, or the reverse, that look whole.
        File.Delete(Path.Combine(_path, "city.json"));
        foreach (string file in OurFiles) File.Delete(Path.Combine(_path, file));
    }

    /// <summary>Written beside and renamed, so that a crash here leaves no half of it.</summary>
    private static void Write(string file, string text)
    {
        try
        {
            File.WriteAllText(file + ".new", text);
            File.Move(file + ".new", file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            // A limit on file sizes comes as an argument out of range.
            throw new IOException($"{file}: cannot be written ({e.Message}); the disk may be full or files limited in size: make room, then start again", e);
        }
    }

    /// <summary>Who a directory's data are of, in words.</summary>
    /// <exception cref="InputException">It does not tell.</exception>
    public static string IdentityOf(string path)
    {
        string cityFile = Path.Combine(path, "city.json");
        try
        {
            return JsonSerializer.Deserialize<CityIdentity>(File.ReadAllText(cityFile), Format)?.ToString() ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new InputException($"{cityFile}: does not tell what the data are of ({e.Message})", e);
        }
    }

    private void Agree(string cityFile, CityIdentity identity)
    {
        if (!File.Exists(cityFile))
        {
            Write(cityFile, JsonSerializer.Serialize(identity, Format));
            return;
        }
        CityIdentity? stored;
        try
        {
            stored = JsonSerializer.Deserialize<CityIdentity>(File.ReadAllText(cityFile), Format);
        }
        catch (JsonException e)
        {
            throw new InputException($"{cityFile}:{(e.LineNumber ?? 0) + 1}:{(e.BytePositionInLine ?? 0) + 1}: does not tell what the data are of; start with --fresh, or give another --data directory", e);
        }
        if (stored != identity)
            throw new InputException($"--data {_path} holds {stored}; this run is {identity}: give --fresh to delete it, or another --data directory");
    }
}
