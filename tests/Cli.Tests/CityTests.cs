namespace Movc.Cli.Tests;

public sealed class CityTests
{
    [Fact]
    public async Task A_city_is_shown_changed_checked_and_found_wrong()
    {
        using var folder = new TemporaryFolder();
        CommandLine.Said shown = await CommandLine.RunAsync("city", "show", "shenzhen");
        shown.Code.ShouldBe(ExitCode.Done, shown.Error);
        string file = folder["mine.json"];
        await File.WriteAllTextAsync(file, shown.Out.Replace("\"city\": \"shenzhen\"", "\"city\": \"mine\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        CommandLine.Said check = await CommandLine.RunAsync("city", "check", file);
        check.Code.ShouldBe(ExitCode.Done, check.Error);
        check.Out.ShouldContain("complete; 480,000 vehicles");
        check.Out.ShouldContain("[G] travel.speed = 21 km/h");
        await File.WriteAllTextAsync(file, shown.Out.Replace("\"speed\"", "\"sped\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        CommandLine.Said wrong = await CommandLine.RunAsync("city", "check", file);
        wrong.Code.ShouldBe(ExitCode.WrongInput);
        wrong.Error.ShouldContain("mine.json: travel.speed: is missing");
    }

    [Fact]
    public async Task The_list_names_every_city_and_the_schema_is_one()
    {
        CommandLine.Said list = await CommandLine.RunAsync("city", "list");
        list.Code.ShouldBe(ExitCode.Done, list.Error);
        list.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(' ')[0]).ShouldBe(["beijing", "guangzhou", "shanghai", "shenzhen"]);
        CommandLine.Said schema = await CommandLine.RunAsync("city", "schema");
        schema.Code.ShouldBe(ExitCode.Done, schema.Error);
        System.Text.Json.JsonDocument.Parse(schema.Out).RootElement.GetProperty("$schema").GetString().ShouldBe("https://json-schema.org/draft/2020-12/schema");
        (await CommandLine.RunAsync("city", "show", "atlantis")).Code.ShouldBe(ExitCode.WrongInput);
    }
}
