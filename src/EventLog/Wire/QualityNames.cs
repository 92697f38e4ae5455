using Movc.Domain.Events;

namespace Movc.EventLog.Wire;

/// <summary>Names of <see cref="Quality"/> on the wire and in the API.</summary>
public static class QualityNames
{
    public static string Of(Quality quality) => quality switch
    {
        Quality.Good => "good",
        Quality.Stale => "stale",
        Quality.Invalid => "invalid",
        Quality.Substituted => "substituted",
        Quality.Blocked => "blocked",
        _ => throw new ArgumentOutOfRangeException(nameof(quality), quality, "not a quality"),
    };

    public static ReadOnlySpan<byte> Utf8(Quality quality) => quality switch
    {
        Quality.Good => "good"u8,
        Quality.Stale => "stale"u8,
        Quality.Invalid => "invalid"u8,
        Quality.Substituted => "substituted"u8,
        Quality.Blocked => "blocked"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(quality), quality, "not a quality"),
    };

    public static bool TryParse(ReadOnlySpan<byte> name, out Quality quality)
    {
        for (quality = Quality.Good; quality <= Quality.Blocked; quality++)
        {
            if (name.SequenceEqual(Utf8(quality))) return true;
        }
        quality = Quality.Good;
        return false;
    }
}
