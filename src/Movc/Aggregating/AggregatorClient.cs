using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Movc.Domain;
using Movc.Domain.Aggregators;
using Movc.Gateway.Contracts;
using Movc.Gateway.Json;

namespace Movc.Aggregating;

/// <summary>Takes an aggregator's setpoints from a city's API and answers them as a simulated one does.</summary>
internal sealed class AggregatorClient : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private readonly AggregatorClientOptions _options;
    private readonly SimulatedAggregator _aggregator;
    private readonly TimeProvider _clock;
    private readonly HttpClient _http;

    public AggregatorClient(AggregatorClientOptions options, SimulatedAggregator aggregator, TimeProvider clock)
    {
        (_options, _aggregator, _clock) = (options, aggregator, clock);
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = options.Url, Timeout = Patience };
        if (!string.IsNullOrEmpty(options.Token)) _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.Token);
    }

    /// <summary>Answers every interval's setpoints until enough are answered or the token fires. A city that does not answer is asked again.</summary>
    /// <param name="show">Told what is done, a line an interval.</param>
    /// <param name="stop">Ends it.</param>
    public async Task<AggregatorSummary> RunAsync(Action<string> show, CancellationToken stop)
    {
        var summary = new AggregatorSummary(_options.Name, 0, 0, 0, 0, 0);
        DateTimeOffset? last = null;
        string? trouble = null;
        try
        {
            while (summary.Intervals < (_options.Intervals ?? int.MaxValue))
            {
                try
                {
                    if (await NextAsync(last, stop) is { } sheet)
                    {
                        summary = await AnswerAsync(sheet, summary, show, stop);
                        // Not before it was answered: what an outage cut off is said again, which is harmless.
                        last = sheet.At;
                    }
                    if (trouble is not null) show("the city answers again");
                    trouble = null;
                    await Task.Delay(Look, _clock, stop);
                }
                catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !stop.IsCancellationRequested))
                {
                    // Once an outage, not once a second.
                    if (trouble is null) show($"{_options.Url} does not answer ({e.Message}); trying again");
                    trouble = e.Message;
                    await Task.Delay(Retry, _clock, stop);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to end.
        }
        return summary;
    }

    public void Dispose() => _http.Dispose();

    /// <summary>The newest setpoints, if they are of another interval than the last.</summary>
    private async Task<SetpointSheet?> NextAsync(DateTimeOffset? last, CancellationToken stop)
    {
        AggregatorView mine = (await AskAsync<SetpointsView>("/api/v1/aggregators", stop))!.Aggregators.FirstOrDefault(a => string.Equals(a.Name, _options.Name, StringComparison.Ordinal))
            ?? throw new InputException($"{_options.Url} knows no aggregator \"{_options.Name}\"; see {_options.Url}api/v1/aggregators");
        return mine.SentAt is { } sent && sent != last ? await AskAsync<SetpointSheet>(Path("setpoints"), stop) : null;
    }

    private async Task<AggregatorSummary> AnswerAsync(SetpointSheet sheet, AggregatorSummary so, Action<string> show, CancellationToken stop)
    {
        var part = new SetpointPart(_options.Name, 0, sheet.At.ToUnixTimeMilliseconds(), sheet.ValidUntil.ToUnixTimeMilliseconds(), [.. sheet.Vehicle], [.. sheet.PowerW]);
        so = so with { Intervals = so.Intervals + 1, Setpoints = so.Setpoints + part.Count };
        if (_aggregator.Accept(part) is not { } accepted)
        {
            show(Line(sheet, $"{part.Count:N0} setpoints, not answered"));
            return so with { Silent = so.Silent + 1 };
        }
        double? speed = (await AskAsync<CityView>("/api/v1/city", stop))?.Frame.Speed;
        if (speed is > 0) await Task.Delay(TimeSpan.FromMilliseconds((accepted.SaidAtMs - part.AtMs) / speed.Value), _clock, stop);
        await SayAsync(accepted, stop);
        SetpointAck observed = _aggregator.Observe(part)!;
        await SayAsync(observed, stop);
        int partial = observed.Exceptions.Count(e => e.Outcome == SetpointOutcome.NotFollowed);
        show(Line(sheet, $"{part.Count:N0} setpoints, {accepted.Exceptions.Count:N0} refused, {partial:N0} followed in part"));
        return so with { Refused = so.Refused + accepted.Exceptions.Count, Partial = so.Partial + partial };
    }

    private async Task SayAsync(SetpointAck ack, CancellationToken stop)
    {
        var answer = new SetpointAnswer(DateTimeOffset.FromUnixTimeMilliseconds(ack.SetpointAtMs), ack.Kind, DateTimeOffset.FromUnixTimeMilliseconds(ack.SaidAtMs), ack.Exceptions);
        using HttpResponseMessage response = await _http.PostAsJsonAsync(Path("answers"), answer, GatewayJson.Options, stop);
        if (response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound)
            throw new InputException($"{_options.Url} does not take the answer: {(await response.Content.ReadAsStringAsync(stop)).ReplaceLineEndings(" ")}");
        response.EnsureSuccessStatusCode();
    }

    private async Task<T?> AskAsync<T>(string path, CancellationToken stop)
    {
        using HttpResponseMessage response = await _http.GetAsync(new Uri(path, UriKind.Relative), stop);
        if (response.StatusCode == HttpStatusCode.Unauthorized) throw new InputException($"{_options.Url} asks for another MOVC_TOKEN");
        if (response.StatusCode == HttpStatusCode.NotFound) return default;
        response.EnsureSuccessStatusCode();
        try
        {
            return await response.Content.ReadFromJsonAsync<T>(GatewayJson.Options, stop);
        }
        catch (JsonException e)
        {
            throw new InputException($"{_options.Url}{path}: not the answer of a city of movc ({e.Message})", e);
        }
    }

    private string Path(string what) => $"/api/v1/aggregators/{Uri.EscapeDataString(_options.Name)}/{what}";

    private static string Line(SetpointSheet sheet, FormattableString what) => string.Create(CultureInfo.InvariantCulture, $"{sheet.At:yyyy-MM-dd HH:mm}Z  ") + what.ToString(CultureInfo.InvariantCulture);
}
