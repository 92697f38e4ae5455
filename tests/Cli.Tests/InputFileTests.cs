using System.Text;

namespace Movc.Cli.Tests;

public sealed class InputFileTests : IDisposable
{
    private const string SessionHeader = "session_ID;User_ID;Start_plugin;End_plugout;El_kWh\n";
    private const string Session = "1;A-1;04.03.2024 15:27;05.03.2024 05:01;10,89\n";
    private const string LoadHeader = "DateTime,Zone 1 Power Consumption,Zone 2  Power Consumption\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("1:1", "")]
    [InlineData("1:1", "  \n")]
    [InlineData("2:1", SessionHeader)]
    [InlineData("1:User_ID", "session_ID;Start_plugin;End_plugout;El_kWh\n" + Session)]
    [InlineData("1:El_kWh", "session_ID;User_ID;Start_plugin;End_plugout;El_kWh;El_kWh\n" + Session)]
    [InlineData("2:Start_plugin", SessionHeader + "1;A-1;2024-03-04 15:27;05.03.2024 05:01;10,89\n")]
    [InlineData("3:End_plugout", SessionHeader + Session + "2;A-1;06.03.2024 15:27;31.02.2024 05:01;10,89\n")]
    [InlineData("3:El_kWh", SessionHeader + Session + "2;A-1;06.03.2024 15:27;07.03.2024 05:01;10.89\n")]
    [InlineData("3:El_kWh", SessionHeader + Session + "2;A-1;06.03.2024 15:27;07.03.2024 05:01\n")]
    [InlineData("3:6", SessionHeader + Session + "2;A-1;06.03.2024 15:27;07.03.2024 05:01;10,89;x\n")]
    [InlineData("3:User_ID", SessionHeader + Session + "2;;06.03.2024 15:27;07.03.2024 05:01;10,89\n")]
    [InlineData("3:User_ID", SessionHeader + Session + "2;\"A-1;06.03.2024 15:27;07.03.2024 05:01;10,89\n")]
    [InlineData("2:1", SessionHeader + "1;A-1\r" + Session)]
    [InlineData("2:3", SessionHeader + "1;\u00FF-1;04.03.2024 15:27;05.03.2024 05:01;10,89\n")]
    public async Task A_malformed_session_file_is_told_with_line_and_column(string place, string text)
    {
        string sessions = await WriteAsync("sessions.csv", text);
        string load = await WriteAsync("load.csv", Load());
        (await ReplayAsync(sessions, load)).ShouldStartWith($"movc: {sessions}:{place}: ");
    }

    [Theory]
    [InlineData("1:1", "")]
    [InlineData("2:1", LoadHeader)]
    [InlineData("1:DateTime", "Zone 1 Power Consumption\n1\n")]
    [InlineData("1:Zone 1 Power Consumption", "DateTime,Load\n3/4/24 0:00,1\n")]
    [InlineData("2:DateTime", LoadHeader + "2024-03-04 00:00,1,1\n")]
    [InlineData("2:DateTime", LoadHeader + "3/4/24 0:05,1,1\n")]
    [InlineData("3:DateTime", LoadHeader + "3/4/24 0:00,1,1\n3/4/24 0:20,1,1\n")]
    [InlineData("3:DateTime", LoadHeader + "3/4/24 0:00,1,1\n3/4/24 0:00,1,1\n")]
    [InlineData("2:Zone 1 Power Consumption", LoadHeader + "3/4/24 0:00,one,1\n")]
    [InlineData("2:Zone 2  Power Consumption", LoadHeader + "3/4/24 0:00,1,-1\n")]
    [InlineData("3:DateTime", LoadHeader + "3/4/24 0:00,1,1\n3/4/24 0:10,1,1\n")]
    public async Task A_malformed_load_file_is_told_with_line_and_column(string place, string text)
    {
        string sessions = await WriteAsync("sessions.csv", SessionHeader + Session);
        string load = await WriteAsync("load.csv", text);
        (await ReplayAsync(sessions, load)).ShouldStartWith($"movc: {load}:{place}: ");
    }

    [Fact]
    public async Task A_file_that_is_not_there_or_is_a_folder_is_named_with_the_remedy()
    {
        string good = await WriteAsync("sessions.csv", SessionHeader + Session);
        (await ReplayAsync(_folder["none.csv"], _folder["load.csv"])).ShouldBe($"movc: {_folder["none.csv"]}: there is no such file; give the path of a file of plug-in sessions (Trondheim apartment sessions)");
        (await ReplayAsync(good, _folder["none.csv"])).ShouldStartWith($"movc: {_folder["none.csv"]}: there is no such file; give");
        (await ReplayAsync(_folder.Path, good)).ShouldStartWith($"movc: {_folder.Path}: cannot be read (it is a folder); give");
    }

    [Theory]
    [InlineData("--time-zone", "Mars/Olympus")]
    [InlineData("--from", "2030-01-01")]
    [InlineData("--from", "1.11.2019")]
    [InlineData("--clone", "0")]
    public async Task An_option_that_does_not_fit_the_files_is_named(string option, string value)
    {
        string complaint = await ReplayAsync(await WriteAsync("sessions.csv", SessionHeader + Session), await WriteAsync("load.csv", Load()), option, value);
        complaint.ShouldContain(option.Replace("--", string.Empty, StringComparison.Ordinal).Replace('-', ' '));
        complaint.ShouldContain(value);
    }

    [Fact]
    public async Task Another_file_under_the_same_name_is_another_city()
    {
        string sessions = await WriteAsync("sessions.csv", SessionHeader + Session);
        string load = await WriteAsync("load.csv", Load());
        string[] arguments = ["replay", "--sessions", sessions, "--load", load, "--no-page", "--speed", "max", "--intervals", "1", "--data", _folder["data"]];
        (await CommandLine.RunAsync(arguments)).Code.ShouldBe(ExitCode.Done);
        await WriteAsync("sessions.csv", SessionHeader + Session.Replace("10,89", "12,89", StringComparison.Ordinal));
        (await CommandLine.RunAsync(arguments)).Complaint().ShouldContain("--fresh");
        await WriteAsync("sessions.csv", SessionHeader + Session);
        (await CommandLine.RunAsync(arguments)).Code.ShouldBe(ExitCode.Done);
    }

    private static string Load()
    {
        var text = new StringBuilder(LoadHeader);
        for (int row = 0; row < 7 * 144; row++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"3/{4 + (row / 144)}/24 {row % 144 / 6}:{row % 6 * 10:00},{1000 + row % 144},500\n");
        return text.ToString();
    }

    /// <summary>Latin-1, so that a test can plant a byte that is not UTF-8.</summary>
    private async Task<string> WriteAsync(string name, string text)
    {
        await File.WriteAllTextAsync(_folder[name], text, Encoding.Latin1, TestContext.Current.CancellationToken);
        return _folder[name];
    }

    private async Task<string> ReplayAsync(string sessions, string load, params string[] more)
    {
        CommandLine.Said said = await CommandLine.RunAsync(["replay", "--sessions", sessions, "--load", load, "--no-page", "--data", _folder["data"], .. more]);
        Directory.Exists(_folder["data"]).ShouldBeFalse();
        return said.Complaint();
    }
}
