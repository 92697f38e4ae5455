using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Movc.Scenarios.Tests;

/// <summary>The real program, started as a child. Disposing kills it if it still runs.</summary>
internal sealed partial class MovcProcess : IAsyncDisposable
{
    public const int Interrupt = 2;
    public const int Terminate = 15;

    /// <summary>SIGSTOP: the process stands still and does not know it.</summary>
    public const int Freeze = 19;

    /// <summary>SIGCONT.</summary>
    public const int Thaw = 18;

    /// <summary>Longest that any child may take: far over what one needs on a busy machine, so that a hang ends as a failure.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly StringBuilder _out = new();
    private readonly StringBuilder _error = new();
    private readonly TaskCompletionSource<Uri> _internal = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Uri> _page = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private MovcProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Take(_out, line.Data);
        _process.ErrorDataReceived += (_, line) => Take(_error, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The program beside the test, as a shell would be given it.</summary>
    public static string CommandLine => $"dotnet '{Path.Combine(AppContext.BaseDirectory, "movc.dll")}'";

    public bool HasExited => _process.HasExited;

    public string Errors
    {
        get { lock (_error) return _error.ToString(); }
    }

    public static MovcProcess Start(params string[] arguments) => Start(new Dictionary<string, string?>(StringComparer.Ordinal), arguments);

    public static MovcProcess Start(IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        // A test run in the background may have been told to ignore Ctrl-C, which children inherit.
        var start = new ProcessStartInfo("env");
        start.ArgumentList.Add("--default-signal=INT,TERM");
        start.ArgumentList.Add("dotnet");
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "movc.dll"));
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        return Start(start, environment);
    }

    /// <summary>A line of bash that runs the program somehow, see <see cref="CommandLine"/>.</summary>
    public static MovcProcess Bash(string script)
    {
        var start = new ProcessStartInfo("bash");
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(script);
        // The runtime's own double-mapped memory is a file to the kernel, which a limit on file sizes would forbid.
        return Start(start, new Dictionary<string, string?>(StringComparer.Ordinal) { ["DOTNET_EnableWriteXorExecute"] = "0" });
    }

    public static async Task<Ended> RunAsync(params string[] arguments)
    {
        await using MovcProcess process = Start(arguments);
        return await process.EndAsync();
    }

    /// <summary>Where a role listens for the others, once the program says so.</summary>
    public Task<Uri> InternalAsync() => _internal.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);

    /// <summary>Where the page is, once the program says so.</summary>
    public Task<Uri> PageAsync() => _page.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);

    public void Signal(int signal) => Kill(_process.Id, signal).ShouldBe(0);

    /// <summary>kill -9: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    public async Task<Ended> EndAsync()
    {
        try
        {
            await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"movc did not end within {Patience.TotalSeconds} s; it said: {_out} {Errors}", late);
        }
        lock (_out) return new Ended(_process.ExitCode, _out.ToString(), Errors);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }
        _process.Dispose();
    }

    private static MovcProcess Start(ProcessStartInfo start, IReadOnlyDictionary<string, string?> environment)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError, start.RedirectStandardInput) = (true, true, true);
        start.Environment.Remove("MOVC_TOKEN");
        foreach ((string name, string? value) in environment) start.Environment[name] = value;
        return new MovcProcess(start);
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);

    [GeneratedRegex(@"^Page: (?<address>http://\S+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Page();

    [GeneratedRegex(@"internal address (?<address>http://\S+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Internal();

    private void Take(StringBuilder text, string? line)
    {
        if (line is null)
        {
            if (text != _error) return;
            _page.TrySetException(new InvalidOperationException($"movc ended before it told its page: {_error}"));
            _internal.TrySetException(new InvalidOperationException($"movc ended before it told its address: {_error}"));
            return;
        }
        lock (text) text.AppendLine(line);
        if (Internal().Match(line) is { Success: true } peer) _internal.TrySetResult(new Uri(peer.Groups["address"].Value));
        if (Page().Match(line) is { Success: true } page) _page.TrySetResult(new Uri(page.Groups["address"].Value));
    }
}
