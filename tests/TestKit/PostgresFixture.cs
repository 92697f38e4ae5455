namespace Movc.TestKit;

/// <summary>One PostgreSQL for all tests of an assembly, started by the first that asks for it; its absence skips the test.</summary>
public sealed class PostgresFixture : IDisposable
{
    private readonly Lazy<PostgresServer> _server = new(PostgresServer.Start);

    public PostgresServer Server
    {
        get
        {
            // Xunit skips a test that throws a message with this beginning; its own call would bind this project to its assertions.
            if (PostgresServer.Missing is { } missing) throw new InvalidOperationException($"$XunitDynamicSkip${missing}");
            return _server.Value;
        }
    }

    public void Dispose()
    {
        if (_server.IsValueCreated) _server.Value.Dispose();
    }
}
