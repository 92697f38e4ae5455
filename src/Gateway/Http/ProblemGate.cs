using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Movc.EventLog;

namespace Movc.Gateway.Http;

/// <summary>Whatever goes wrong further in comes out as a problem document, never as a stack trace or an empty answer.</summary>
internal sealed partial class ProblemGate(ILogger<ProblemGate> log)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (BadHttpRequestException exception) when (!context.Response.HasStarted)
        {
            await (exception.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? EventRoutes.TooLarge()
                : Problems.Of(exception.StatusCode, "Request not understood", exception.Message, "see /openapi/v1.json for what can be asked"))
                .ExecuteAsync(context);
            return;
        }
#pragma warning disable CA1031 // The last fence before the socket.
        catch (Exception exception) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            LogFailed(context.Request.Method, context.Request.Path, exception);
            bool elsewhere = exception is TimeoutException or HttpRequestException or IOException or LogException;
            await Problems.Of(
                elsewhere ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError,
                elsewhere ? "A part does not answer" : "Fault in the twin",
                elsewhere ? "a part of the twin that this answer needs does not answer" : "the twin failed to answer; its log has the fault",
                "ask /api/v1/health what is wrong, and try again").ExecuteAsync(context);
            return;
        }
        await DescribeEmptyAsync(context);
    }

    private static async Task DescribeEmptyAsync(HttpContext context)
    {
        HttpResponse response = context.Response;
        if (response.HasStarted || response.StatusCode < 400 || response.ContentType is not null || response.ContentLength > 0) return;
        string path = Problems.Shorten(context.Request.Path);
        IResult? problem = response.StatusCode switch
        {
            StatusCodes.Status404NotFound => Problems.NotFound($"there is nothing at {path}", "see /openapi/v1.json for what can be asked"),
            StatusCodes.Status405MethodNotAllowed => Problems.Of(
                405, "Method not allowed", $"{context.Request.Method} cannot be done at {path}", $"use {response.Headers.Allow}"),
            StatusCodes.Status415UnsupportedMediaType => Problems.Of(
                415, "Media type not taken", $"Content-Type is \"{Problems.Shorten(context.Request.ContentType)}\"",
                "send application/cloudevents+json, application/cloudevents-batch+json or application/json"),
            _ => null,
        };
        if (problem is not null) await problem.ExecuteAsync(context);
    }

    [LoggerMessage(EventId = 5030, Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private partial void LogFailed(string method, PathString path, Exception exception);
}
