using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using Confluent.Kafka;

namespace Movc.EventLog.Kafka;

/// <summary>
/// Takes records off a client without making an object of each and two of every header, which cost more than all that is done with
/// a record afterwards. The client's own calls of librdkafka are used, which it keeps to itself: they are looked up once, and belong to
/// the version of the package that this program is built with (<c>DirectPollTests</c>).
/// </summary>
internal sealed unsafe class DirectPoll
{
    private static readonly PollCall Poll = Find<PollCall>("consumer_poll");
    private static readonly HeadersCall HeadersOf = Find<HeadersCall>("message_headers");
    private static readonly HeaderCall HeaderAt = Find<HeaderCall>("header_get_all");
    private static readonly DestroyCall Destroy = Find<DestroyCall>("message_destroy");
    private readonly SafeHandle _client;

    public DirectPoll(IClient client) => _client =
        (SafeHandle?)typeof(Handle).GetProperty("LibrdkafkaHandle", BindingFlags.Instance | BindingFlags.NonPublic)?.GetValue(client.Handle) ?? throw Unknown("LibrdkafkaHandle");

    private delegate IntPtr PollCall(IntPtr client, IntPtr timeoutMs);

    private delegate ErrorCode HeadersCall(IntPtr message, out IntPtr headers);

    private delegate ErrorCode HeaderCall(IntPtr headers, IntPtr index, out IntPtr name, out IntPtr value, out IntPtr size);

    private delegate void DestroyCall(IntPtr message);

    /// <summary>Waits for the next record; the client's own handlers run meanwhile.</summary>
    /// <param name="timeoutMs">0 = what is there.</param>
    /// <param name="take">Given the record; what it holds ends with the call.</param>
    /// <returns>False when none came.</returns>
    /// <exception cref="KafkaException">The client or a broker reports an error instead.</exception>
    public bool Take(int timeoutMs, Action<DirectRecord> take)
    {
        IntPtr message = Poll(_client.DangerousGetHandle(), timeoutMs);
        if (message == IntPtr.Zero) return false;
        try
        {
            var told = (Message*)message;
            if (told->Error != ErrorCode.NoError)
            {
                string reason = told->Value == null ? string.Empty : Encoding.UTF8.GetString(told->Value, (int)told->ValueBytes);
                throw new KafkaException(reason.Length == 0 ? new Error(told->Error) : new Error(told->Error, reason));
            }
            ErrorCode known = HeadersOf(message, out IntPtr headers);
            take(new DirectRecord(told, known == ErrorCode.NoError ? headers : IntPtr.Zero));
            return true;
        }
        finally
        {
            Destroy(message);
        }
    }

    private static T Find<T>(string name)
        where T : Delegate =>
        typeof(Handle).Assembly.GetType("Confluent.Kafka.Impl.Librdkafka")?.GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)?.CreateDelegate<T>() ?? throw Unknown(name);

    private static InvalidOperationException Unknown(string name) => new($"Confluent.Kafka {typeof(Handle).Assembly.GetName().Version} has no {name}; use the version that the program was built with");

    /// <summary>librdkafka's rd_kafka_message_t.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Message
    {
        public ErrorCode Error;
        public IntPtr Topic;
        public int Partition;
        public byte* Value;
        public nuint ValueBytes;
        public byte* Key;
        public nuint KeyBytes;
        public long Offset;
        public IntPtr Private;
    }

    /// <summary>A record in the client's memory.</summary>
    internal readonly ref struct DirectRecord(Message* message, IntPtr headers)
    {
        public int Partition => message->Partition;

        public long Offset => message->Offset;

        /// <summary>Empty where there is none.</summary>
        public ReadOnlySpan<byte> Key => new(message->Key, (int)message->KeyBytes);

        /// <inheritdoc cref="Key"/>
        public ReadOnlySpan<byte> Value => new(message->Value, (int)message->ValueBytes);

        /// <summary>The header at a place, or false past the last.</summary>
        public bool TryHeader(int index, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
        {
            if (headers == IntPtr.Zero || HeaderAt(headers, index, out IntPtr told, out IntPtr bytes, out IntPtr size) != ErrorCode.NoError)
            {
                name = value = default;
                return false;
            }
            name = MemoryMarshal.CreateReadOnlySpanFromNullTerminated((byte*)told);
            value = new ReadOnlySpan<byte>((void*)bytes, (int)size);
            return true;
        }
    }
}
