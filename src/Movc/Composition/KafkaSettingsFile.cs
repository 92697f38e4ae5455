using Movc.Domain;

namespace Movc.Composition;

/// <summary>A file of client settings in librdkafka's names: name=value, a line each; empty lines and lines that begin with # are passed over.</summary>
internal static class KafkaSettingsFile
{
    /// <summary>What the program sets itself: to change it would lose or double events.</summary>
    private static readonly string[] Ours =
    [
        "bootstrap.servers", "metadata.broker.list", "group.id", "enable.auto.commit", "enable.auto.offset.store", "auto.offset.reset", "enable.idempotence", "acks", "request.required.acks",
    ];

    /// <exception cref="InputException">Not there, or a line is wrong; the message names file and line.</exception>
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"--kafka-settings {path}: {e.Message}", e);
        }
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int n = 0; n < lines.Length; n++)
        {
            string line = lines[n].Trim();
            if (line.Length == 0 || line[0] == '#') continue;
            int at = line.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0) throw new InputException($"{path}:{n + 1}: not name=value; write it so, or begin the line with #");
            string name = line[..at].Trim();
            if (Ours.Contains(name, StringComparer.Ordinal)) throw new InputException($"{path}:{n + 1}: {name} is set by movc itself; take the line out");
            settings[name] = line[(at + 1)..].Trim();
        }
        return settings;
    }
}
