namespace Movc.Scenarios.Tests;

public class RepeatTests
{
    [Theory]
    [InlineData("max")]
    [InlineData("6000")]
    public async Task A_second_fresh_run_is_the_same_whatever_its_speed(string speed)
    {
        using var workspace = new Workspace();
        Ended ended = await MovcProcess.RunAsync(City.Arguments(workspace, City.Intervals, speed));
        ended.Summary().GetProperty("resumed").GetBoolean().ShouldBeFalse();
        Outcome outcome = Outcome.Of(workspace, ended);
        outcome.Plans.Count.ShouldBe(City.Intervals);
        outcome.ShouldEqual(await City.UndisturbedAsync());
    }

    [Fact]
    public async Task A_run_in_three_parts_is_the_same_as_one_in_one()
    {
        using var workspace = new Workspace();
        (await MovcProcess.RunAsync(City.Arguments(workspace, 5))).Summary().GetProperty("intervals").GetArrayLength().ShouldBe(5);
        (await MovcProcess.RunAsync(City.Arguments(workspace, 1, "60000"))).Summary().GetProperty("intervals").GetArrayLength().ShouldBe(1);
        Ended ended = await MovcProcess.RunAsync(City.Arguments(workspace, City.Intervals - 6));
        ended.Summary().GetProperty("resumed").GetBoolean().ShouldBeTrue();
        Outcome.Of(workspace, ended).ShouldEqual(await City.UndisturbedAsync());
    }
}
