using Spectre.Console;

namespace Movc.Solve;

/// <summary>One line on a terminal that names the present step of a job, how long it has taken and, where parts are counted, how far it is; nothing where there is no terminal.</summary>
internal sealed class JobProgress : IDisposable
{
    private const int BarWidth = 12;

    /// <summary>Columns of the spinner beside the line, and one to spare.</summary>
    private const int Beside = 4;
    private readonly ManualResetEventSlim _closed = new(initialState: false);
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly Task? _drawing;
    private string _step = "starting";
    private readonly long _started;
    private long _since;
    private int _done;
    private int _parts;

    public JobProgress(TimeProvider time, bool terminal)
    {
        _time = time;
        _started = _since = time.GetTimestamp();
        if (terminal) _drawing = Task.Factory.StartNew(Draw, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public void Step(string what)
    {
        lock (_lock)
        {
            // The same step again, with another share of it done, goes on.
            if (!string.Equals(Stem(what), Stem(_step), StringComparison.Ordinal)) _since = _time.GetTimestamp();
            _step = what;
        }
    }

    /// <summary>A step of a job in parts.</summary>
    /// <param name="done">Parts done.</param>
    /// <param name="parts">Parts in all.</param>
    /// <param name="what">What is being done.</param>
    public void Part(int done, int parts, string what)
    {
        lock (_lock) (_done, _parts) = (done, parts);
        Step(what);
    }

    public void Dispose()
    {
        _closed.Set();
        _drawing?.GetAwaiter().GetResult();
        _closed.Dispose();
    }

    /// <summary>The line, cut to a terminal's width: one that wraps is drawn over others.</summary>
    private string Line(int width)
    {
        string line;
        lock (_lock) line = FormattableString.Invariant($"{Bar()}{_step}, {_time.GetElapsedTime(_since).TotalSeconds:0} s");
        return Markup.Escape(line.Length <= width ? line : string.Concat(line.AsSpan(0, Math.Max(1, width - 1)), "…"));
    }

    /// <summary>How far it is, and how long the rest will take at the pace so far.</summary>
    private string Bar()
    {
        if (_parts == 0) return string.Empty;
        int filled = BarWidth * _done / _parts;
        double left = _done == 0 ? double.NaN : _time.GetElapsedTime(_started).TotalSeconds / _done * (_parts - _done);
        string rest = double.IsNaN(left) || _done == _parts ? string.Empty : left < 90 ? FormattableString.Invariant($", {left:0} s left") : FormattableString.Invariant($", {left / 60:0} min left");
        return FormattableString.Invariant($"{new string('━', filled)}{new string('╌', BarWidth - filled)} {_done} of {_parts}{rest}: ");
    }

    private static string Stem(string step) => step.TrimEnd(' ', '%', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9');

    private void Draw()
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        console.Status().Start(Line(console.Profile.Width - Beside), context =>
        {
            while (!_closed.Wait(200)) context.Status = Line(console.Profile.Width - Beside);
        });
    }
}
