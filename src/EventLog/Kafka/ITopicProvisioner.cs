namespace Movc.EventLog.Kafka;

/// <summary>Makes topics that are not there. A cluster for tests may know another way than Kafka's own.</summary>
public interface ITopicProvisioner
{
    /// <summary>Makes a topic.</summary>
    /// <param name="topic">Its name.</param>
    /// <param name="partitions">Its partitions.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LogException">The cluster refuses.</exception>
    Task CreateAsync(string topic, int partitions, CancellationToken cancellationToken);
}
