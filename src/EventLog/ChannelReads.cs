using System.Threading.Channels;

namespace Movc.EventLog;

/// <summary>Reading a channel to its end.</summary>
internal static class ChannelReads
{
    /// <summary>The next item; null when the channel was completed and everything was read.</summary>
    public static async ValueTask<T?> NextOrNullAsync<T>(this ChannelReader<T> reader, CancellationToken cancellationToken)
        where T : struct
    {
        while (await reader.WaitToReadAsync(cancellationToken))
        {
            if (reader.TryRead(out T item)) return item;
        }
        return null;
    }
}
