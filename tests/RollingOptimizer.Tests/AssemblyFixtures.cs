using Movc.TestKit;

[assembly: AssemblyFixture(typeof(PostgresFixture))]
