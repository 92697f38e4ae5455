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

    [Fact(Timeout = 300_000)]
    public async Task The_loss_is_split_by_cause_nothing_of_it_is_disobedience_where_all_obeyed_and_part_of_it_where_aggregators_refuse()
    {
        async Task<(JsonElement Regret, JsonElement Causes, Workspace Of)> SplitAsync(params string[] behaviour)
        {
            var workspace = new Workspace();
            (await MovcProcess.RunAsync([.. City.Arguments(workspace, 800, 20, "max"), .. behaviour])).Summary();
            JsonElement summary = (await MovcProcess.RunAsync("regret", "--data", workspace.Data, "--causes", "--json")).Summary();
            return (summary.GetProperty("regret"), summary.GetProperty("causes"), workspace);
        }
        double Step(JsonElement causes, string cause, string value = "stepKw") => causes.GetProperty("rungs").EnumerateArray().Single(r => r.GetProperty("cause").ValueEquals(cause)).GetProperty(value).GetDouble();
        (JsonElement regret, JsonElement obedient, Workspace one) = await SplitAsync();
        (JsonElement refusing, JsonElement refused, Workspace other) = await SplitAsync("--refuse", "0.2", "--partial", "0.2", "--silent", "0.2", "--delay", "30");
        using (one)
        using (other)
        {
            foreach ((JsonElement whole, JsonElement causes) in ((JsonElement, JsonElement)[])[(regret, obedient), (refusing, refused)])
            {
                double lost = whole.GetProperty("rollingKw").GetDouble() - whole.GetProperty("perfectKw").GetDouble();
                causes.GetProperty("rungs").EnumerateArray().Sum(r => r.GetProperty("stepKw").GetDouble()).ShouldBe(lost, 1e-6 * Math.Abs(lost));
                causes.GetProperty("isSample").GetBoolean().ShouldBeFalse();
                foreach (JsonElement rung in causes.GetProperty("rungs").EnumerateArray())
                    rung.GetProperty("runKw").GetDouble().ShouldBeGreaterThanOrEqualTo(rung.GetProperty("perfectBoundKw").GetDouble() * .9999, rung.GetProperty("name").GetString());
            }
            // The plans of then, made again from the journal, are the plans of then: to the last digit of J.
            Step(obedient, "non-compliance").ShouldBe(0, 1e-6 * regret.GetProperty("rollingKw").GetDouble());
            Step(refused, "non-compliance").ShouldBeGreaterThan(Step(obedient, "non-compliance") + 1);
            // Once everybody follows, the city that was refused is the one that was not.
            Step(refused, "non-compliance", "runKw").ShouldBe(Step(obedient, "non-compliance", "runKw"), 1e-6 * regret.GetProperty("rollingKw").GetDouble());
            Ended table = await MovcProcess.RunAsync("regret", "--data", one.Data, "--causes", "--sample", "500");
            table.Code.ShouldBe(0, table.Error);
            table.Out.ShouldContain("by a sample of 500 of 800 vehicles");
            foreach (string cause in (string[])["non-compliance", "reserve", "load forecast", "vehicle forecast", "horizon", "lost in all"]) table.Out.ShouldContain(cause);
            (await MovcProcess.RunAsync("regret", "--data", one.Data, "--causes", "--to", "2022-07-18 00:30")).Complaint(2).ShouldContain("--causes: the period has 3 intervals; give one of 6 or more");
        }
    }
}
