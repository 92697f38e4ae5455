using System.Net.Sockets;
using Movc.Database;
using Npgsql;

namespace Movc.TwinState.Tests.Store;

/// <summary>What is waited out and what ends the program, and how either is said.</summary>
public class PostgresErrorsTests
{
    [Theory]
    [InlineData("53100", true, "the disk of the database is full; make room")]
    [InlineData("53300", true, "takes no more connections")]
    [InlineData("57P01", true, "(SQLSTATE 57P01)")]
    [InlineData("57P03", true, "(SQLSTATE 57P03)")]
    [InlineData("25006", true, "(SQLSTATE 25006)")]
    [InlineData("08006", true, "(SQLSTATE 08006)")]
    [InlineData("28P01", false, "refuses the user or the password")]
    [InlineData("3D000", false, "there is no such database")]
    [InlineData("42501", false, "lacks a permission")]
    [InlineData("23505", false, "(SQLSTATE 23505)")]
    public void The_servers_word_decides(string sqlState, bool heals, string words)
    {
        var e = new PostgresException("what the server\nsaid", "ERROR", "ERROR", sqlState);
        PostgresErrors.CanHeal(e).ShouldBe(heals);
        string line = PostgresErrors.Explain("PostgreSQL h:1/d", e);
        line.ShouldStartWith("PostgreSQL h:1/d: ");
        line.ShouldContain(words);
    }

    [Fact]
    public void A_server_that_is_not_there_heals_and_a_fault_of_ours_does_not()
    {
        PostgresErrors.CanHeal(new NpgsqlException("x", new SocketException(111))).ShouldBeTrue();
        PostgresErrors.CanHeal(new NpgsqlException("x", new EndOfStreamException())).ShouldBeTrue();
        PostgresErrors.CanHeal(new InvalidCastException()).ShouldBeFalse();
        PostgresErrors.Explain("PostgreSQL h:1/d", new NpgsqlException("x", new SocketException(111))).ShouldContain("cannot be reached");
    }
}
