using System.Text.Json;

namespace Movc.Scenarios.Tests;

/// <summary>A period that is over, held against perfect foresight by somebody who has the data directory alone.</summary>
public class RegretTests
{
    [Fact]
    public async Task What_happened_is_a_feasible_point_of_perfect_foresight_and_gains_something()
    {
        using var workspace = new Workspace();
        (await MovcProcess.RunAsync("run", "--vehicles", "800", "--speed", "max", "--seed", "4", "--no-page", "--json", "--intervals", "60", "--data", workspace.Data)).Summary();
        JsonElement all = (await MovcProcess.RunAsync("regret", "--data", workspace.Data, "--json")).Summary().GetProperty("regret");
        double Of(JsonElement regret, string name) => regret.GetProperty(name).GetDouble();
        all.GetProperty("slots").GetInt32().ShouldBe(60);
        all.GetProperty("vehicles").GetInt32().ShouldBeGreaterThan(300);
        // The bound, the best, what was, and doing nothing; the repair of what cannot be met as recorded may lower the third by a hair.
        Of(all, "perfectBoundKw").ShouldBeLessThanOrEqualTo(Of(all, "perfectKw"));
        Of(all, "perfectKw").ShouldBeLessThanOrEqualTo(Of(all, "rollingKw") * 1.0001);
        Of(all, "rollingKw").ShouldBeLessThan(Of(all, "chargeOnlyKw"));
        Of(all, "kept").ShouldBe((Of(all, "chargeOnlyKw") - Of(all, "rollingKw")) / (Of(all, "chargeOnlyKw") - Of(all, "perfectKw")), 1e-12);
        Of(all, "keptAtLeast").ShouldBeLessThanOrEqualTo(Of(all, "kept"));
        Of(all, "kept").ShouldBeInRange(.05, 1.001);
        all.GetProperty("departuresUnderPromise").GetInt64().ShouldBe(0);
        Of(all, "satisfaction").ShouldBeInRange(.99, 1);
        // A part of it, in the city's own time.
        JsonElement part = (await MovcProcess.RunAsync("regret", "--data", workspace.Data, "--from", "2022-07-18 02:00", "--to", "2022-07-18 06:30", "--json")).Summary().GetProperty("regret");
        (part.GetProperty("slots").GetInt32(), part.GetProperty("from").GetDateTimeOffset().ToUnixTimeSeconds()).ShouldBe((27, 1_658_080_800L));
        (await MovcProcess.RunAsync("regret", "--data", workspace.Data, "--from", "2022-07-18 09:00", "--to", "2022-07-18 12:00")).Complaint(2).ShouldContain("give a period from 2022-07-18 00:00");
        (await MovcProcess.RunAsync("regret", "--data", workspace.Data, "--from", "yesterday")).Complaint(2).ShouldContain("--from");
        (await MovcProcess.RunAsync("regret", "--data", workspace.Data + "-none")).Complaint(2).ShouldContain("holds no city");
    }
}
