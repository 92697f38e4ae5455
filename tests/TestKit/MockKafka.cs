using System.Runtime.InteropServices;
using System.Text;

namespace Movc.TestKit;

/// <summary>
/// librdkafka's mock cluster in this process: Kafka's protocol over TCP on loopback, so that any client of any process can connect.
/// It keeps about 5 MiB a partition in memory, knows no admin protocol and no real transactions: it proves interoperation, never
/// durability.
/// </summary>
public sealed partial class MockKafka : IKafkaCluster
{
    private static readonly Lock Loading = new();
    private static bool _resolves;
    private readonly IntPtr _client;
    private readonly IntPtr _cluster;

    /// <summary>Starts a cluster.</summary>
    public MockKafka(int brokers = 1)
    {
        // The library comes with Confluent.Kafka; asking for its version loads it from where that package has it.
        lock (Loading)
        {
            if (!_resolves) NativeLibrary.SetDllImportResolver(typeof(MockKafka).Assembly, Resolve);
            _resolves = true;
        }
        byte[] error = new byte[512];
        _client = New(0, NewConf(), error, error.Length);
        if (_client == IntPtr.Zero) throw new InvalidOperationException(Encoding.UTF8.GetString(error).TrimEnd('\0'));
        _cluster = NewCluster(_client, brokers);
        if (_cluster == IntPtr.Zero) throw new InvalidOperationException("the mock cluster does not start");
        // A group that waits seconds for members that may come proves nothing more.
        SetRebalanceDelay(_cluster, 200);
        Servers = Marshal.PtrToStringUTF8(Bootstraps(_cluster))!;
    }

    /// <summary>host:port of its brokers.</summary>
    public string Servers { get; }

    /// <summary>None: each test has a cluster of its own.</summary>
    public string TopicPrefix => string.Empty;

    /// <inheritdoc/>
    public TimeSpan ShortestSession => TimeSpan.FromSeconds(2);

    /// <summary>The mock knows no admin protocol, so that the program must find its topics.</summary>
    public void Prepare(string topic, int partitions) => CreateTopic(topic, partitions);

    /// <summary>Makes a topic: the mock knows no admin protocol.</summary>
    public void CreateTopic(string topic, int partitions)
    {
        int error = CreateTopic(_cluster, topic, partitions, 1);
        if (error != 0) throw new InvalidOperationException($"topic {topic}: error {error}");
    }

    /// <summary>Takes a broker down: connections break and are refused.</summary>
    public void Down(int broker = 1) => SetDown(_cluster, broker);

    /// <summary>And up again.</summary>
    public void Up(int broker = 1) => SetUp(_cluster, broker);

    public void Dispose()
    {
        DestroyCluster(_cluster);
        Destroy(_client);
    }

    /// <summary>The very library that Confluent.Kafka has loaded: its package holds several, of which one fits the machine.</summary>
    private static IntPtr Resolve(string name, System.Reflection.Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name is not "librdkafka") return IntPtr.Zero;
        _ = Confluent.Kafka.Library.Version;
        string path = File.ReadLines("/proc/self/maps").Select(l => l.Split(' ')[^1]).First(p => Path.GetFileName(p).Contains("librdkafka", StringComparison.Ordinal));
        return NativeLibrary.Load(path);
    }

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_conf_new")]
    private static partial IntPtr NewConf();

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_new")]
    private static partial IntPtr New(int type, IntPtr conf, byte[] error, nint errorSize);

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_destroy")]
    private static partial void Destroy(IntPtr client);

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_mock_cluster_new")]
    private static partial IntPtr NewCluster(IntPtr client, int brokers);

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_mock_cluster_destroy")]
    private static partial void DestroyCluster(IntPtr cluster);

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_mock_cluster_bootstraps")]
    private static partial IntPtr Bootstraps(IntPtr cluster);

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_mock_topic_create", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int CreateTopic(IntPtr cluster, string topic, int partitions, int replication);

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_mock_group_initial_rebalance_delay_ms")]
    private static partial void SetRebalanceDelay(IntPtr cluster, int milliseconds);

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_mock_broker_set_down")]
    private static partial int SetDown(IntPtr cluster, int broker);

    [LibraryImport("librdkafka", EntryPoint = "rd_kafka_mock_broker_set_up")]
    private static partial int SetUp(IntPtr cluster, int broker);
}
