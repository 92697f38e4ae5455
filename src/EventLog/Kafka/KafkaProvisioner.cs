using System.Globalization;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Movc.EventLog.Kafka;

/// <summary>Makes topics by Kafka's own admin protocol, with the cluster's default replication.</summary>
internal sealed class KafkaProvisioner(IAdminClient admin, string servers) : ITopicProvisioner
{
    public async Task CreateAsync(string topic, int partitions, CancellationToken cancellationToken)
    {
        try
        {
            await admin.CreateTopicsAsync(
            [
                new TopicSpecification
                {
                    Name = topic, NumPartitions = partitions, ReplicationFactor = -1,
                    // Events are kept until the operator decides otherwise: the store is the memory, the log need not be. Of the fleet
                    // the newest alone is of use.
                    Configs = new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        ["cleanup.policy"] = topic.EndsWith(Topics.Fleet, StringComparison.Ordinal) ? "compact" : "delete",
                        ["max.message.bytes"] = KafkaSettings.MaxRecordBytes.ToString(CultureInfo.InvariantCulture),
                    },
                },
            ]);
        }
        catch (CreateTopicsException e) when (e.Results.All(r => r.Error.Code is ErrorCode.NoError or ErrorCode.TopicAlreadyExists))
        {
            // Another process was quicker.
        }
        catch (KafkaException e)
        {
            throw new LogException($"Kafka {servers}: topic {topic} cannot be made ({e.Message.ReplaceLineEndings(" ")}); make it with {partitions} partitions, or let this user create topics", e);
        }
    }
}
