using Spectre.Console;

namespace Movc.Solve;

/// <summary>One line on a terminal that names the present step of a job and how long it has taken; nothing where there is no terminal.</summary>
internal sealed class JobProgress : IDisposable
{
    private readonly ManualResetEventSlim _closed = new(initialState: false);
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly Task? _drawing;
    private string _step = "starting";
    private long _since;

    public JobProgress(TimeProvider time, bool terminal)
    {
        (_time, _since) = (time, time.GetTimestamp());
        if (terminal) _drawing = Task.Factory.StartNew(Draw, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public void Step(string what)
    {
        lock (_lock) (_step, _since) = (what, _time.GetTimestamp());
    }

    public void Dispose()
    {
        _closed.Set();
        _drawing?.GetAwaiter().GetResult();
        _closed.Dispose();
    }

    private string Line()
    {
        lock (_lock) return Markup.Escape(FormattableString.Invariant($"{_step}, {_time.GetElapsedTime(_since).TotalSeconds:0} s"));
    }

    private void Draw()
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        console.Status().Start(Line(), context =>
        {
            while (!_closed.Wait(200)) context.Status = Line();
        });
    }
}
