using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Movc.Gateway.Intake;

namespace Movc.Gateway.Http;

/// <summary>POST events: CloudEvents as structured JSON, one or a batch.</summary>
internal static class EventRoutes
{
    public const int MaxBodyBytes = 4 * 1024 * 1024;
    private const string Single = "application/cloudevents+json";
    private const string Batch = "application/cloudevents-batch+json";
    private const string Json = "application/json";

    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/events", PostAsync).WithName("postEvents")
            .WithSummary("Hands vehicle events to the twin; sending the same again is harmless")
            .Accepts<JsonElement>(Single, Batch, Json)
            .Produces<IntakeResult>(202).ProducesProblem(400).ProducesProblem(413).ProducesProblem(415).ProducesProblem(422);

    private static async Task<IResult> PostAsync(HttpRequest request, GatewayPorts ports, CancellationToken cancellationToken)
    {
        if (Query.Unknown(request) is { } unknown) return unknown;
        if (!TryMediaType(request, out string mediaType))
        {
            return Problems.Of(
                StatusCodes.Status415UnsupportedMediaType, "Media type not taken",
                $"Content-Type is \"{Problems.Shorten(request.ContentType)}\", Content-Encoding \"{Problems.Shorten(request.Headers.ContentEncoding)}\"",
                $"send {Single}, {Batch} or {Json}, UTF-8, not compressed");
        }
        ReadOnlyMemory<byte>? body = await ReadBodyAsync(request, cancellationToken);
        if (body is null) return TooLarge();
        ReadOnlyMemory<byte> json = body.Value.Span.StartsWith("\uFEFF"u8) ? body.Value[3..] : body.Value;
        try
        {
            JsonTokenType root = CheckJson(json.Span);
            if (WrongShape(root, mediaType) is { } shape) return NotJson(shape);
            return Answer(await ports.Intake.AcceptAsync(json, mediaType, cancellationToken));
        }
        catch (JsonException exception)
        {
            return NotJson($"line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}: the body is not JSON");
        }
    }

    internal static IResult TooLarge() => Problems.Of(
        StatusCodes.Status413PayloadTooLarge, "Body too large", $"a body holds at most {MaxBodyBytes} bytes", "send the events in smaller batches");

    // A delivery of nothing but duplicates has arrived: its sender must stop sending it.
    private static IResult Answer(IntakeResult result) => result.Accepted + result.Duplicates > 0
        ? Results.Json(result, statusCode: StatusCodes.Status202Accepted)
        : Problems.Of(
            StatusCodes.Status422UnprocessableEntity, "No event accepted",
            result.DeadLettered.Count == 0 ? "the batch is empty" : $"all {result.DeadLettered.Count} events were put aside as dead letters",
            "mend what each detail names and send the events again",
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["accepted"] = result.Accepted, ["duplicates"] = result.Duplicates, ["deadLettered"] = result.DeadLettered,
            });

    private static IResult NotJson(string detail) => Problems.Of(
        StatusCodes.Status400BadRequest, "Body not understood", detail, "send one CloudEvent as a JSON object, or a batch as an array of them");

    private static string? WrongShape(JsonTokenType root, string mediaType) => (root, mediaType) switch
    {
        (JsonTokenType.StartObject, Single or Json) or (JsonTokenType.StartArray, Batch or Json) => null,
        (_, Single) => $"{Single} needs an object",
        (_, Batch) => $"{Batch} needs an array",
        _ => "the body is neither an object nor an array",
    };

    private static JsonTokenType CheckJson(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        JsonTokenType root = reader.TokenType;
        while (reader.Read())
        {
            // Only well-formedness is of interest here; the intake reads the content.
        }
        return root;
    }

    private static bool TryMediaType(HttpRequest request, out string mediaType)
    {
        mediaType = string.Empty;
        if (request.Headers.ContentEncoding.Count > 0 || !MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)) return false;
        if (type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)) return false;
        foreach (string known in (ReadOnlySpan<string>)[Single, Batch, Json])
        {
            if (!type.MediaType.Equals(known, StringComparison.OrdinalIgnoreCase)) continue;
            mediaType = known;
            return true;
        }
        return false;
    }

    /// <summary>The whole body, or null when it is over the limit.</summary>
    private static async Task<ReadOnlyMemory<byte>?> ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MaxBodyBytes) return null;
        var bytes = new ArrayBufferWriter<byte>((int)Math.Max(256, request.ContentLength ?? 4096));
        while (true)
        {
            ReadResult read = await request.BodyReader.ReadAsync(cancellationToken);
            foreach (ReadOnlyMemory<byte> part in read.Buffer) bytes.Write(part.Span);
            request.BodyReader.AdvanceTo(read.Buffer.End);
            if (bytes.WrittenCount > MaxBodyBytes) return null;
            if (read.IsCompleted) return bytes.WrittenMemory;
        }
    }
}
