namespace Movc.Cli.Tests;

public class ArgumentTests
{
    [Theory]
    [InlineData("\"rum\" is not a verb; give run or replay", "rum")]
    [InlineData("\"--bogus\" is not a verb", "--bogus")]
    [InlineData("--bogus", "run", "--bogus")]
    [InlineData("extra", "run", "extra")]
    [InlineData("--speed \"0\": give a number over 0, as 60, or max", "run", "--speed", "0")]
    [InlineData("--speed \"fast\": give", "run", "--speed", "fast")]
    [InlineData("--speed", "run", "--speed")]
    [InlineData("--intervals \"0\": give a whole number of 1 or more", "run", "--intervals", "0")]
    [InlineData("--intervals \"-1\": give", "run", "--intervals", "-1")]
    [InlineData("--intervals \"1.5\": give", "replay", "--intervals", "1.5", "--sessions", "a", "--load", "b")]
    [InlineData("--vehicles \"many\": give a whole number", "run", "--vehicles", "many")]
    [InlineData("--vehicles \"3000000000\": give", "run", "--vehicles", "3000000000")]
    [InlineData("--seed \"x\": give a whole number", "run", "--seed", "x")]
    [InlineData("--gamma \"nan\": give a number", "run", "--gamma", "nan")]
    [InlineData("--clone \"two\": give", "replay", "--clone", "two", "--sessions", "a", "--load", "b")]
    [InlineData("--sessions", "replay", "--load", "b")]
    [InlineData("--hold", "run", "--hold", "--no-page")]
    [InlineData("--sample is for --causes", "regret", "--sample", "5")]
    [InlineData("--sample \"0\": give a whole number", "regret", "--causes", "--sample", "0")]
    public async Task Arguments_that_cannot_be_are_told_in_two_lines_with_the_way_to_the_help(string part, params string[] arguments)
    {
        string complaint = (await CommandLine.RunAsync(arguments)).Complaint(lines: 2);
        complaint.ShouldContain(part);
        complaint.Split('\n')[^1].ShouldMatch("^movc: see movc (run |replay |regret )?--help$");
    }

    [Theory]
    [InlineData("--vehicles", "run", "--vehicles", "0")]
    [InlineData("--vehicles", "run", "--vehicles", "6000000")]
    [InlineData("shenzhen", "run", "--city", "atlantis", "--vehicles", "10")]
    [InlineData("--gamma", "run", "--vehicles", "10", "--gamma", "-1")]
    [InlineData("--listen \"nowhere\"", "run", "--vehicles", "10", "--listen", "nowhere")]
    [InlineData("5080", "run", "--vehicles", "10", "--listen", "localhost")]
    [InlineData("MOVC_TOKEN", "run", "--vehicles", "10", "--listen", "0.0.0.0:0")]
    public async Task Values_out_of_range_are_told_in_one_line_and_nothing_is_written(string part, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        (await CommandLine.RunAsync([.. arguments, "--data", folder["data"]])).Complaint().ShouldContain(part);
        Directory.Exists(folder["data"]).ShouldBeFalse();
    }

    [Fact]
    public async Task A_file_given_as_the_data_directory_is_called_one()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["data"], "mine", TestContext.Current.CancellationToken);
        string complaint = (await CommandLine.RunAsync("run", "--vehicles", "10", "--no-page", "--data", folder["data"])).Complaint();
        complaint.ShouldContain(folder["data"]);
        complaint.ShouldContain("is a file");
        (await File.ReadAllTextAsync(folder["data"], TestContext.Current.CancellationToken)).ShouldBe("mine");
    }

    [Theory]
    [InlineData("max", true, null)]
    [InlineData("MAX", true, null)]
    [InlineData("60", true, 60.0)]
    [InlineData("0.5", true, 0.5)]
    [InlineData("60x", true, 60.0)]
    [InlineData("1e3", true, 1000.0)]
    [InlineData("1000000", true, 1e6)]
    [InlineData("0", false, null)]
    [InlineData("-1", false, null)]
    [InlineData("1,5", false, null)]
    [InlineData("1000001", false, null)]
    [InlineData("NaN", false, null)]
    [InlineData("Infinity", false, null)]
    [InlineData("x", false, null)]
    [InlineData("", false, null)]
    public void A_speed_is_a_number_over_nought_or_max(string text, bool isSpeed, double? speed)
    {
        PaceOptions.TryParseSpeed(text, out double? read).ShouldBe(isSpeed);
        read.ShouldBe(speed);
    }
}
