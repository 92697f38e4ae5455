namespace Movc.TestKit;

/// <summary>A cluster that speaks Kafka's protocol, for tests that do not care which.</summary>
public interface IKafkaCluster : IDisposable
{
    /// <summary>host:port of its brokers, several parted by commas.</summary>
    string Servers { get; }

    /// <summary>Begins the name of every topic and group of this test, so that tests that share a cluster share nothing in it.</summary>
    string TopicPrefix { get; }

    /// <summary>How soon a member of a group that is gone may be noticed: brokers refuse less.</summary>
    TimeSpan ShortestSession { get; }

    /// <summary>Makes a topic where the program could not make it itself.</summary>
    /// <param name="topic">Without the prefix.</param>
    /// <param name="partitions">Of it.</param>
    void Prepare(string topic, int partitions);
}
