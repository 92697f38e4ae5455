using System.Globalization;
using Movc.Domain.Queries;
using Spectre.Console;

namespace Movc.Output;

/// <summary>A progress line on a terminal: a bar when the number of intervals is known, else a status that names the last plan.</summary>
internal sealed class RunProgress(IAnsiConsole console, int? intervals)
{
    private readonly ManualResetEventSlim _closed = new(false);
    private readonly Lock _lock = new();
    private string _line = "reading the first facts";
    private int _done;
    private Task? _drawing;

    public void Start() => _drawing ??= Task.Factory.StartNew(intervals is null ? DrawStatus : DrawBar, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public void ShowStep(string step)
    {
        lock (_lock) _line = step;
    }

    public void Show(PlanView plan)
    {
        lock (_lock)
        {
            _done++;
            _line = string.Create(
                CultureInfo.InvariantCulture,
                $"{plan.At:MM-dd HH:mm}Z {plan.Status}, gap {plan.Gap:0.####%}, {plan.Seconds:0.00} s");
            // The bar takes the room of the rest: one line of 80 columns must hold it.
            if (intervals is null) _line += string.Create(CultureInfo.InvariantCulture, $", {plan.Vehicles:N0} vehicles, {plan.SetpointsChanged:N0} setpoints");
        }
    }

    public void Close()
    {
        _closed.Set();
        _drawing?.GetAwaiter().GetResult();
    }

    private (string Line, int Done) Now()
    {
        lock (_lock) return (Markup.Escape(_line), _done);
    }

    private void DrawStatus() => console.Status().Start(Now().Line, context =>
    {
        while (!_closed.Wait(250)) context.Status = Now().Line;
    });

    private void DrawBar() => console.Progress()
        .AutoClear(true)
        .Columns(new ProgressBarColumn { Width = 16 }, new PercentageColumn(), new RemainingTimeColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
        .Start(context =>
        {
            ProgressTask bar = context.AddTask(Now().Line, maxValue: intervals!.Value);
            bool last;
            do
            {
                last = _closed.Wait(250);
                (bar.Description, int done) = Now();
                bar.Value = done;
            }
            while (!last);
        });
}
