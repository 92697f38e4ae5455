using System.CommandLine;
using System.Net.Http.Headers;
using Movc.Domain;
using Movc.Gateway.Peers;

namespace Movc.Cli;

/// <summary><c>movc probe</c>: asks a role or a gateway how it is, for health checks in images that hold nothing else to ask with.</summary>
internal static class ProbeCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        var address = new Argument<string>("url") { Description = "Address of a health page, as http://127.0.0.1:5082/health/ready" };
        var command = new Command("probe", $"Ask a role or a gateway whether it is ready: prints its answer (with its reasons where {PeerHost.TokenVariable} is set); exit code 0 where it is, 1 where not") { address };
        Examples.Add(
            command,
            ("movc probe http://127.0.0.1:5082/health/ready", "a process of the twin"),
            ("movc probe http://127.0.0.1:5080/api/v1/health", "the gateway, or a city in one process"));
        command.SetAction((result, stop) => Guard.RunAsync(stop, async () =>
        {
            string text = result.GetValue(address)!;
            if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https"))
                throw new InputException($"\"{text}\" is no address; give http://host:port/path, as http://127.0.0.1:5082/health/ready");
            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
            if (Given.Or(null, PeerHost.TokenVariable) is { } token) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            try
            {
                using HttpResponseMessage response = await http.GetAsync(uri, stop);
                string answer = (await response.Content.ReadAsStringAsync(stop)).ReplaceLineEndings(" ").Trim();
                await Console.Out.WriteLineAsync(answer.Length > 0 ? answer : $"{(int)response.StatusCode}");
                return response.IsSuccessStatusCode ? ExitCode.Done : ExitCode.Failed;
            }
            catch (HttpRequestException e)
            {
                throw new IOException($"{uri}: does not answer ({e.Message})", e);
            }
            catch (TaskCanceledException e) when (!stop.IsCancellationRequested)
            {
                throw new IOException($"{uri}: no answer within {Patience.TotalSeconds} s", e);
            }
        }));
        return command;
    }
}
