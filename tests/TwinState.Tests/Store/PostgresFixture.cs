using Movc.TestKit;
using Movc.TwinState.Tests.Store;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace Movc.TwinState.Tests.Store;

/// <summary>One PostgreSQL for all tests of the assembly, started by the first that asks for it.</summary>
public sealed class PostgresFixture : IDisposable
{
    private readonly Lazy<PostgresServer> _server = new(PostgresServer.Start);

    public PostgresServer Server
    {
        get
        {
            if (PostgresServer.Missing is { } missing) Assert.Skip(missing);
            return _server.Value;
        }
    }

    public void Dispose()
    {
        if (_server.IsValueCreated) _server.Value.Dispose();
    }
}
