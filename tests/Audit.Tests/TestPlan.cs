using Movc.Domain.Dispatch;

namespace Movc.Audit.Tests;

/// <summary>A plan that a test can spoil in one place.</summary>
internal sealed class TestPlan(DispatchInstance instance, double[][] schedules, double[] prices) : IScheduleSource
{
    public DispatchInstance Instance { get; set; } = instance;
    public double[][] Schedules { get; } = schedules;
    public double[] Prices { get; set; } = prices;
    public double[] AfterKw { get; set; } = TestFleet.AfterKw(instance, schedules);
    public double ObjectiveKw { get; set; } = TestFleet.ObjectiveKw(instance, schedules);
    public double BoundKw { get; set; }
    public int[] FirstSlotPowerW { get; set; } = [.. schedules.Select(s => (int)Math.Round(s[0] * 1000))];
    public List<InfeasibleVehicle> Infeasible { get; } = [];
    public DispatchStatus Status { get; set; } = DispatchStatus.Solved;

    /// <summary>A right plan: Charge Only, with prices and the bound that they prove.</summary>
    public static TestPlan ChargeOnly(DispatchInstance x, double priceLevel = .4)
    {
        var plan = new TestPlan(x, TestFleet.ChargeOnly(x), TestFleet.Prices(x, priceLevel));
        plan.Prove();
        return plan;
    }

    /// <summary>Claims what the prices prove, after the instance or the prices changed.</summary>
    public void Prove() => BoundKw = Audit().BoundKw ?? throw new InvalidOperationException("the prices prove nothing");

    public void Expand(int vehicle, Span<double> powerKw) => Schedules[vehicle].CopyTo(powerKw);

    /// <summary>Changes one power and everything that follows from it, so that only the schedule itself is at fault.</summary>
    public void SetPower(int vehicle, int slot, double powerKw)
    {
        Schedules[vehicle][slot] = powerKw;
        FollowSchedules();
    }

    public void FollowSchedules()
    {
        AfterKw = TestFleet.AfterKw(Instance, Schedules);
        ObjectiveKw = TestFleet.ObjectiveKw(Instance, Schedules);
        FirstSlotPowerW = [.. Schedules.Select(s => (int)Math.Round(s[0] * 1000))];
    }

    public DispatchResult Result() => new()
    {
        Status = Status, ObjectiveKw = ObjectiveKw, BoundKw = BoundKw, Seconds = 0, AfterKw = AfterKw, Prices = Prices,
        FirstSlotPowerW = FirstSlotPowerW, Infeasible = Infeasible, Schedules = this, WarmPrices = new double[Instance.SlotCount],
    };

    public AuditReport Audit(AuditOptions? options = null) => PlanAuditor.Audit(Instance, Result(), options ?? AuditOptions.Default);

    /// <summary>Kinds of all findings, each once.</summary>
    public AuditFindingKind[] Kinds(AuditOptions? options = null) => [.. Audit(options).Findings.Select(f => f.Kind).Distinct()];
}
