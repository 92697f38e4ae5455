using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Movc.Browser.Tests.Support;

/// <summary>The program itself, as a user starts it: a child process with a data directory and a port of its own.</summary>
internal sealed class MovcProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly StringBuilder _said = new();

    private MovcProcess(Process process, Uri address, string? token)
    {
        _process = process;
        Address = address;
        Api = new HttpClient { BaseAddress = address };
        if (token is not null) Api.DefaultRequestHeaders.Authorization = new("Bearer", token);
    }

    public Uri Address { get; private set; }

    public HttpClient Api { get; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Starts it and waits for the address of its page.</summary>
    /// <param name="arguments">Verb and options; --data and --listen are added.</param>
    /// <param name="data">Data directory.</param>
    /// <param name="port">Port on loopback; 0 = a free one.</param>
    /// <param name="token">MOVC_TOKEN, or null for none.</param>
    public static async Task<MovcProcess> StartAsync(string arguments, string data, int port = 0, string? token = null)
    {
        var start = new ProcessStartInfo("dotnet", $"\"{Repository.Program}\" {arguments} --data \"{data}\" --listen 127.0.0.1:{port}")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        };
        start.Environment.Remove("MOVC_TOKEN");
        if (token is not null) start.Environment["MOVC_TOKEN"] = token;
        Process process = Process.Start(start)!;
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var movc = new MovcProcess(process, new Uri("http://127.0.0.1/"), token);
        void Hear(string? line)
        {
            if (line is null) return;
            lock (movc._said) movc._said.AppendLine(line);
            if (line.StartsWith("Page: ", StringComparison.Ordinal)) address.TrySetResult(new Uri(line[6..]));
        }
        process.OutputDataReceived += (_, e) => Hear(e.Data);
        process.ErrorDataReceived += (_, e) => Hear(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Task ended = process.WaitForExitAsync(Stop);
        if (await Task.WhenAny(address.Task, ended, Task.Delay(Patience, Stop)) != address.Task)
        {
            string said = movc.Said;
            await movc.DisposeAsync();
            throw new InvalidOperationException($"movc {arguments} gave no address: {said}");
        }
        movc.Address = await address.Task;
        movc.Api.BaseAddress = movc.Address;
        return movc;
    }

    /// <summary>What it printed so far.</summary>
    public string Said
    {
        get
        {
            lock (_said) return _said.ToString();
        }
    }

    /// <summary>A port that nobody listens on now, for a program that must come back to the same address.</summary>
    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>Answer of an address of the API.</summary>
    public async Task<JsonElement> GetAsync(string path)
    {
        using JsonDocument document = JsonDocument.Parse(await Api.GetStringAsync(new Uri(path, UriKind.Relative), Stop));
        return document.RootElement.Clone();
    }

    /// <summary>Posts CloudEvents.</summary>
    public async Task<HttpStatusCode> PostEventAsync(string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/cloudevents+json");
        using HttpResponseMessage answer = await Api.PostAsync(new Uri("/api/v1/events", UriKind.Relative), content, Stop);
        return answer.StatusCode;
    }

    /// <summary>Waits until the source has come to its end (a run with --hold).</summary>
    public async Task WhenFinishedAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        while ((await GetAsync("/api/v1/city")).GetProperty("frame").GetProperty("state").GetString() is not "finished")
            await Task.Delay(200, patience.Token);
    }

    /// <summary>Ends it as a service manager would and waits.</summary>
    /// <returns>Exit code.</returns>
    public async Task<int> StopAsync()
    {
        using Process kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Stop);
        await _process.WaitForExitAsync(Stop).WaitAsync(Patience, Stop);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }
}
