using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Movc.Domain.Queries;
using Spectre.Console;

namespace Movc.Output;

/// <summary>
/// What a run shows a person: the page's address, progress on standard error while that is a terminal, a summary at the end.
/// With <c>--json</c> standard output carries the one document and nothing else.
/// </summary>
internal sealed class RunReporter
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new UnknownAsNull(), new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    private readonly bool _json;
    private readonly IAnsiConsole _error = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
    private readonly RunProgress? _progress;

    public RunReporter(bool json, int? intervals)
    {
        _json = json;
        if (!Console.IsErrorRedirected) _progress = new RunProgress(_error, intervals);
    }

    public async Task ShowAddressAsync(Uri address)
    {
        TextWriter writer = _json ? Console.Error : Console.Out;
        await writer.WriteLineAsync($"Page: {address}");
        await writer.FlushAsync();
    }

    /// <summary>Begins to draw the progress, after the address: nothing else may be written meanwhile.</summary>
    public void Start() => _progress?.Start();

    public void Show(PlanView plan) => _progress?.Show(plan);

    /// <summary>Tells what is being prepared; from any thread.</summary>
    public void ShowStep(string step) => _progress?.ShowStep(step);

    public void Close() => _progress?.Close();

    public async Task HoldAsync(Uri address, CancellationToken stop)
    {
        _progress?.Close();
        await Console.Error.WriteLineAsync($"The source has ended; {address} stays up until Ctrl-C.");
        try
        {
            await Task.Delay(Timeout.Infinite, stop);
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C.
        }
    }

    public async Task ShowSummaryAsync(RunSummary summary)
    {
        if (_json)
        {
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(summary, Json));
            return;
        }
        await Console.Out.WriteLineAsync(Text(summary));
    }

    private static string Text(RunSummary s)
    {
        var text = new System.Text.StringBuilder();
        void Line(FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
        Line($"{s.City} ({s.Mode}): {s.Ended} at {s.At:yyyy-MM-dd HH:mm}Z after {s.WallSeconds:0.0} s{(s.Resumed ? ", resumed from stored data" : string.Empty)}");
        Line($"events     {s.EventsRead,12:N0} read, {s.Accepted:N0} accepted, {s.Duplicates:N0} seen before, {s.DeadLettered:N0} dead letters, {s.Stored:N0} stored");
        foreach ((string reason, long count) in s.DeadLettersByReason) Line($"           {count,12:N0} {reason}");
        if (s.Intervals.Count == 0) Line($"intervals  {0,12} planned");
        else Line($"intervals  {s.Intervals.Count,12:N0} planned; gap at most {s.Intervals.Max(i => i.Gap):0.#####%}, slowest {s.Intervals.Max(i => i.Seconds):0.00} s, audit findings {s.Intervals.Sum(i => i.AuditFindings)}");
        Line($"departures {s.Departures,12:N0}, with less energy than owed: {s.DeparturesUnderPromise:N0}");
        foreach (LimitSummary limit in LimitSummary.Of(s.Intervals)) Line($"limit      {limit}");
        if (s.PvdrAfter is not null)
        {
            Line($"PVDR       {s.PvdrOriginal!.WeeklyMedian.OverValley,12:0.000} original, {s.PvdrChargeOnly!.WeeklyMedian.OverValley:0.000} charge only, {s.PvdrAfter.WeeklyMedian.OverValley:0.000} after (over the valley; {s.PvdrWindow.RealizedSlots} intervals over, {s.PvdrWindow.PlannedSlots} planned)");
        }
        Line($"state hash {s.StateHash}");
        Line($"load       {s.LoadSource}");
        text.Append("assumed    ").AppendJoin(Environment.NewLine + "           ", s.Assumptions);
        return text.ToString();
    }

    private sealed class UnknownAsNull : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value)) writer.WriteNumberValue(value);
            else writer.WriteNullValue();
        }
    }
}
