namespace Movc.Scenarios.Tests;

public class DiskTests
{
    /// <summary>A limit on the size of files stands for a disk that is full: every write beyond it fails.</summary>
    [Theory]
    [InlineData(160, 0)]
    [InlineData(400, 0)]
    [InlineData(1150, 1)]
    public async Task A_disk_that_takes_no_more_ends_the_run_in_one_line_and_the_next_run_goes_on(int kibibytes, int plans)
    {
        using var workspace = new Workspace();
        await using (MovcProcess movc = MovcProcess.Bash($"ulimit -f {kibibytes}; exec {MovcProcess.CommandLine} {string.Join(' ', City.Arguments(workspace, City.Intervals))}"))
        {
            string complaint = (await movc.EndAsync()).Complaint(1);
            complaint.ShouldContain(".db");
            complaint.ShouldContain("disk");
        }
        if (plans > 0) workspace.Stored.Plans.Count.ShouldBeInRange(plans, City.Intervals - 1);
        Ended ended = await MovcProcess.RunAsync(City.Arguments(workspace, workspace.LeftOf(City.Intervals)));
        Outcome.Of(workspace, ended).ShouldEqual(await City.UndisturbedAsync());
    }
}
