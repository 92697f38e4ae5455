using System.Collections.Concurrent;
using System.Text;

namespace Movc.EventLog.Kafka;

/// <summary>Header names as text without making them anew: there are a dozen.</summary>
internal static class KafkaNames
{
    private const int Most = 256;
    private static readonly ConcurrentDictionary<int, (byte[] Utf8, string Text)> Texts = new();

    public static string Of(ReadOnlySpan<byte> name)
    {
        var hash = new HashCode();
        hash.AddBytes(name);
        int key = hash.ToHashCode();
        if (Texts.TryGetValue(key, out (byte[] Utf8, string Text) known) && name.SequenceEqual(known.Utf8)) return known.Text;
        string text = Encoding.UTF8.GetString(name);
        if (Texts.Count < Most) Texts.TryAdd(key, (name.ToArray(), text));
        return text;
    }
}
