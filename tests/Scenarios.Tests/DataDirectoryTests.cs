namespace Movc.Scenarios.Tests;

public class DataDirectoryTests
{
    private static string[] Small(Workspace workspace, params string[] more) => ["run", "--vehicles", "50", "--intervals", "1", "--speed", "max", "--no-page", "--json", "--data", workspace.Data, .. more];

    [Fact]
    public async Task A_directory_serves_one_process_at_a_time()
    {
        using var workspace = new Workspace();
        await using MovcProcess first = MovcProcess.Start("run", "--vehicles", "50", "--no-page", "--data", workspace.Data);
        await workspace.Stored.PlansAsync(first, 1);
        string complaint = (await MovcProcess.RunAsync(Small(workspace))).Complaint(1);
        complaint.ShouldContain(workspace.Data);
        complaint.ShouldContain("another movc");
        (await MovcProcess.RunAsync(Small(workspace, "--fresh"))).Complaint(1).ShouldBe(complaint);
        first.HasExited.ShouldBeFalse();
        workspace.Stored.Plans.Count.ShouldBeGreaterThan(0);
        // What a killed process held is free again.
        await first.KillAsync();
        (await MovcProcess.RunAsync(Small(workspace))).Code.ShouldBe(0);
    }

    [Fact]
    public async Task Data_of_another_city_are_left_alone_until_fresh_is_given()
    {
        using var workspace = new Workspace();
        (await MovcProcess.RunAsync(Small(workspace))).Code.ShouldBe(0);
        await File.WriteAllTextAsync(Path.Combine(workspace.Data, "notes.txt"), "mine", TestContext.Current.CancellationToken);
        IReadOnlyList<string> plans = workspace.Stored.Plans;
        string[][] others =
        [
            Small(workspace, "--seed", "2"),
            [.. Small(workspace).Select(a => a is "50" ? "51" : a)],
            Small(workspace, "--gamma", "0.5"),
            ["replay", "--sessions", Workspace.Repository("examples", "sessions-small.csv"), "--load", Workspace.Repository("examples", "load-small.csv"), "--data", workspace.Data],
        ];
        foreach (string[] other in others)
        {
            string complaint = (await MovcProcess.RunAsync(other)).Complaint(2);
            complaint.ShouldContain("--fresh");
            complaint.ShouldContain("50 vehicles, seed 1");
        }
        workspace.Stored.Plans.ShouldBe(plans);
        (await MovcProcess.RunAsync(Small(workspace, "--seed", "2", "--fresh"))).Summary().GetProperty("resumed").GetBoolean().ShouldBeFalse();
        workspace.Stored.Plans.Count.ShouldBe(1);
        workspace.Stored.Plans.ShouldNotBe(plans);
        (await File.ReadAllTextAsync(Path.Combine(workspace.Data, "notes.txt"), TestContext.Current.CancellationToken)).ShouldBe("mine");
    }

    [Theory]
    [InlineData("thesis.docx")]
    [InlineData("twin.db")]
    public async Task A_directory_of_somebody_else_is_refused_and_not_touched(string file)
    {
        using var workspace = new Workspace();
        Directory.CreateDirectory(workspace.Data);
        await File.WriteAllTextAsync(Path.Combine(workspace.Data, file), "years of work", TestContext.Current.CancellationToken);
        (await MovcProcess.RunAsync(Small(workspace, "--fresh"))).Complaint(2).ShouldContain(file);
        Directory.GetFileSystemEntries(workspace.Data).ShouldBe([Path.Combine(workspace.Data, file)]);
        (await File.ReadAllTextAsync(Path.Combine(workspace.Data, file), TestContext.Current.CancellationToken)).ShouldBe("years of work");
    }

    [Fact]
    public async Task A_store_that_is_none_fails_in_one_line_and_fresh_mends_it()
    {
        using var workspace = new Workspace();
        (await MovcProcess.RunAsync(Small(workspace))).Code.ShouldBe(0);
        foreach (string file in (string[])["twin.db", "plans.db"])
        {
            await File.WriteAllTextAsync(Path.Combine(workspace.Data, file), string.Concat(Enumerable.Repeat("not a database ", 500)), TestContext.Current.CancellationToken);
            string complaint = (await MovcProcess.RunAsync(Small(workspace))).Complaint(1);
            complaint.ShouldContain(file);
            complaint.ShouldContain("--fresh");
            (await MovcProcess.RunAsync(Small(workspace, "--fresh"))).Code.ShouldBe(0);
        }
    }
}
