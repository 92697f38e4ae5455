using System.Globalization;
using Movc.Domain.Dispatch;

namespace Movc.Audit.Tests;

/// <summary>The auditor on instances whose optimum is known from a plain LP (exact, kW with the 1/T).</summary>
public sealed class ReferenceInstanceTests
{
    [Theory]
    [InlineData("mixed-200x144", 410.48166, 729.23031)]
    [InlineData("clustered-200x144", 410.25263, 729.28591)]
    [InlineData("hostile-200x144", 416.22376, 730.28990)]
    [InlineData("mixed-50x1008", 44.963099, 182.15118)]
    public void The_objective_is_the_references_and_no_prices_prove_more_than_the_optimum(string name, double exactKw, double originalKw)
    {
        DispatchInstance x = SharedInstance.Read(name);
        var none = new DispatchInstance
        {
            CapacityWh = [], InitialWh = [], FinalMinWh = [], StayOffset = [0], StartSlot = [], EndSlot = [], MaxChargeW = [], MaxDischargeW = [],
            NeededAtDepartureWh = [], TripWhAfter = [], LoadKw = x.LoadKw, BaselineEvKw = x.BaselineEvKw, DayOfSlot = x.DayOfSlot,
        };
        new TestPlan(none, [], new double[x.SlotCount]).Audit().ObjectiveKw!.Value.ShouldBe(originalKw, 1e-6 * originalKw);

        double best = double.NegativeInfinity;
        foreach (double level in (double[])[0, .2, .5, .8, 1])
        {
            AuditReport report = new TestPlan(x, TestFleet.ChargeOnly(x), TestFleet.Prices(x, level)).Audit();
            // Charge Only is feasible by the way the needs are made, whatever the claimed bound.
            report.Findings.ShouldAllBe(f => f.Kind == AuditFindingKind.BoundNotProved || f.Kind == AuditFindingKind.BoundNotOfPrices);
            report.ObjectiveKw!.Value.ShouldBeGreaterThanOrEqualTo(exactKw);
            report.BoundKw!.Value.ShouldBeLessThanOrEqualTo(exactKw * (1 + 1e-7));
            best = Math.Max(best, report.BoundKw.Value);
        }
        best.ShouldBeGreaterThan(0);
    }

    /// <summary>
    /// Fixtures hold the dual prices of the load rows of the plain LP (charge, discharge and energy per vehicle and slot), solved by
    /// CLP's barrier with crossover. At optimal prices the bound is the optimum: a strong test of the bound, the objective and the need rules.
    /// </summary>
    [Theory]
    [InlineData("mixed-200x144", 410.48166)]
    [InlineData("clustered-200x144", 410.25263)]
    [InlineData("hostile-200x144", 416.22376)]
    [InlineData("mixed-50x1008", 44.963099)]
    public void At_the_plain_LPs_dual_prices_the_bound_is_the_optimum(string name, double exactKw)
    {
        DispatchInstance x = SharedInstance.Read(name);
        double[] prices = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Fixtures", name + ".prices.csv"))
            .Skip(1).Select(l => double.Parse(l.Split(',')[1], CultureInfo.InvariantCulture))];
        var plan = new TestPlan(x, TestFleet.ChargeOnly(x), prices);
        plan.Prove();
        AuditReport report = plan.Audit();
        report.Findings.ShouldBeEmpty();
        report.BoundKw!.Value.ShouldBe(exactKw, 1e-7 * exactKw);
    }
}
