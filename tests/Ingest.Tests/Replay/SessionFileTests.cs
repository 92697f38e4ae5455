using System.Text;
using Movc.Domain;
using Movc.Ingest.Replay;

namespace Movc.Ingest.Tests.Replay;

public sealed class SessionFileTests
{
    private const string Header = "session_ID;User_ID;Start_plugin;End_plugout;El_kWh";

    [Fact]
    public void Columns_are_found_by_name_wherever_they_stand()
    {
        using var file = new TemporaryFile("El_kWh;extra;End_plugout;User_ID;Start_plugin\r\n12,34;x;02.01.2019 07:05;AdO3-4;01.01.2019 18:00\r\n");
        SessionFile.Read(file.Path).Rows.ShouldBe(
            [new SessionRow(2, "AdO3-4", new DateTime(2019, 1, 1, 18, 0, 0), new DateTime(2019, 1, 2, 7, 5, 0), 12.34m)]);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Either_line_end_blank_lines_and_a_byte_order_mark_are_read_and_lines_keep_their_numbers(string end)
    {
        string second = "2;\"B\";01.01.2019 18:00;NA;1";
        using var file = new TemporaryFile("\uFEFF" + Header + end + "1;Å;01.01.2019 17:00;NA;0,5" + end + end + second);
        SessionFile sessions = SessionFile.Read(file.Path);
        sessions.Rows.Select(r => r.Line).ShouldBe([2, 4]);
        sessions.Rows.Select(r => r.UserId).ShouldBe(["Å", "B"]);
        sessions.Rows[0].PlugOut.ShouldBeNull();
        Encoding.UTF8.GetString(sessions.RawLine(1).Span).ShouldBe(second);
    }

    [Theory]
    [InlineData("1;A;01.01.2019 18:00;02.01.2019 07:00;12.5", "2:El_kWh: \"12.5\" is not a number; write kWh with \",\" before the decimals and nothing between thousands, or NA")]
    [InlineData("1;A;01.01.2019 18:00;02.01.2019 07:00;NaN", "2:El_kWh: \"NaN\" is not a number; write kWh with \",\" before the decimals and nothing between thousands, or NA")]
    [InlineData("1;A;01.01.2019 18:00;02.01.2019 07:00;", "2:El_kWh: \"\" is not a number; write kWh with \",\" before the decimals and nothing between thousands, or NA")]
    [InlineData("1;A;2019-01-01 18:00;02.01.2019 07:00;1", "2:Start_plugin: \"2019-01-01 18:00\" is not a date and time; write dd.MM.yyyy HH:mm, or NA where it is not known")]
    [InlineData("1;A;01.01.2019 18:00;32.01.2019 07:00;1", "2:End_plugout: \"32.01.2019 07:00\" is not a date and time; write dd.MM.yyyy HH:mm, or NA where it is not known")]
    [InlineData("1;A;01.01.0019 18:00;NA;1", "2:Start_plugin: \"01.01.0019 18:00\" lies outside the years 2000 to 2099; write dd.MM.yyyy HH:mm, or NA where it is not known")]
    [InlineData("1; ;01.01.2019 18:00;NA;1", "2:User_ID: \" \" names no user; write the user's id, or NA")]
    [InlineData("1;A;01.01.2019 18:00;NA", "2:El_kWh: the row ends before this column (4 of 5 fields); complete or remove the row")]
    [InlineData("1;A;01.01.2019 18:00;NA;1;2", "2:6: the row has 6 fields where the header has 5; remove the field or quote the value that holds a delimiter")]
    [InlineData("1;A\"B;01.01.2019 18:00;NA;1", "2:User_ID: a quotation mark stands inside a value or does not close on its line; double it or remove it")]
    [InlineData("1;\"A;01.01.2019 18:00;NA;1\n2;B;01.01.2019 18:00;NA;1", "2:User_ID: a quotation mark stands inside a value or does not close on its line; double it or remove it")]
    [InlineData("1;A\rB;01.01.2019 18:00;NA;1", "2:1: a line ends in a lone carriage return; save the file with LF or CRLF line ends")]
    public void A_row_that_cannot_be_read_stops_the_file_with_line_column_and_remedy(string row, string message)
    {
        using var file = new TemporaryFile($"{Header}\n{row}\n");
        Refusal(file.Path).ShouldBe($"{file.Path}:{message}");
    }

    [Fact]
    public void The_line_named_is_the_line_of_the_fault_however_far_down()
    {
        var text = new StringBuilder(Header).Append("\r\n");
        for (int i = 0; i < 3000; i++) text.Append("1;A;01.01.2019 18:00;NA;1\r\n");
        text.Append("1;A;01.01.2019 18:00;NA;one\r\n");
        using var file = new TemporaryFile(text.ToString());
        Refusal(file.Path).ShouldStartWith($"{file.Path}:3002:El_kWh: \"one\" is not a number");
    }

    [Theory]
    [InlineData("session_ID;User;Start_plugin;End_plugout;El_kWh\n", "1:User_ID: this column is missing (the header has session_ID, User, Start_plugin, End_plugout, El_kWh); give plug-in sessions (Trondheim apartment sessions) with the column names of the data set")]
    [InlineData("session_ID,User_ID,Start_plugin,End_plugout,El_kWh\n", "1:User_ID: this column is missing (the header has session_ID,User_ID,Start_plugin,End_plugout,El_kWh); give plug-in sessions (Trondheim apartment sessions) with the column names of the data set")]
    [InlineData("User_ID;User_ID;Start_plugin;End_plugout;El_kWh\n", "1:User_ID: this column stands twice in the header; remove or rename one")]
    [InlineData("session_ID;User_ID;Start_plugin;End_plugout;El_kWh\n", "2:1: the file has a header and no session; give a file of plug-in sessions (Trondheim apartment sessions)")]
    [InlineData("", "1:1: the file is empty; give a file of plug-in sessions (Trondheim apartment sessions)")]
    [InlineData("\r\n \r\n", "1:1: the file is empty; give a file of plug-in sessions (Trondheim apartment sessions)")]
    public void A_header_that_does_not_fit_is_refused_with_what_is_missing(string text, string message)
    {
        using var file = new TemporaryFile(text);
        Refusal(file.Path).ShouldBe($"{file.Path}:{message}");
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_named_by_line_and_place()
    {
        using var file = new TemporaryFile([.. Encoding.UTF8.GetBytes(Header + "\r\n1;"), 0xE5, .. ";01.01.2019 18:00;NA;1\r\n"u8]);
        Refusal(file.Path).ShouldBe($"{file.Path}:2:3: byte 0xE5 is not UTF-8; save the file as UTF-8");
    }

    [Fact]
    public void A_file_that_is_not_there_or_is_a_folder_is_named()
    {
        using var file = new TemporaryFile("x");
        string missing = Path.Combine(file.Folder, "none.csv");
        Refusal(missing).ShouldBe($"{missing}: there is no such file; give the path of a file of plug-in sessions (Trondheim apartment sessions)");
        Refusal(file.Folder).ShouldBe($"{file.Folder}: cannot be read (it is a folder); give the path of a readable file of plug-in sessions (Trondheim apartment sessions)");
    }

    [Fact]
    public void A_message_is_one_line_whatever_the_file_holds()
    {
        using var file = new TemporaryFile($"{Header}\n1;A;01.01.2019 18:00;NA;{new string('9', 500)}\t\u0001x\n");
        string message = Refusal(file.Path);
        message.ShouldNotContain("\n");
        message.Any(char.IsControl).ShouldBeFalse();
        message.Length.ShouldBeLessThan(file.Path.Length + 200);
    }

    [Fact]
    public void An_id_longer_than_the_wire_bears_is_refused()
    {
        using var file = new TemporaryFile($"{Header}\n1;{new string('å', 33)};01.01.2019 18:00;NA;1\n");
        Refusal(file.Path).ShouldEndWith("is longer than 64 bytes; shorten the id");
    }

    private static string Refusal(string path) => Should.Throw<InputException>(() => SessionFile.Read(path)).Message;
}
