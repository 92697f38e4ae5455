namespace Movc.Cli.Tests;

public sealed class PostgresArgumentTests
{
    [Theory]
    [InlineData("run --store mongo", "--store \"mongo\": give sqlite or postgres")]
    [InlineData("run --store postgres", "--store postgres needs a connection: give --postgres or set MOVC_POSTGRES")]
    [InlineData("run --postgres Host=x", "--postgres is for --store postgres")]
    [InlineData("migrate", "a connection is missing: give --postgres or set MOVC_POSTGRES")]
    public async Task A_store_that_is_half_named_is_refused(string arguments, string words) =>
        (await CommandLine.RunAsync(arguments.Split(' '))).Complaint(2).ShouldContain(words);

    [Theory]
    [InlineData("nonsense", "not a connection string")]
    [InlineData("Host=127.0.0.1;Port=1;Username=x;Timeout=2", "PostgreSQL 127.0.0.1:1/x: the database cannot be reached")]
    public async Task A_database_that_is_none_ends_a_migration_in_a_line(string connection, string words)
    {
        CommandLine.Said said = await CommandLine.RunAsync("migrate", "--postgres", connection);
        said.Code.ShouldBe(ExitCode.Failed);
        said.Out.ShouldBeEmpty();
        said.Error.TrimEnd().ShouldNotContain("\n");
        said.Error.ShouldContain(words);
    }
}
