using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Movc.Domain.Events;
using Movc.Gateway.Intake;

namespace Movc.Gateway.Tests;

public class EventsTests
{
    private const string Single = "application/cloudevents+json";
    private const string Batch = "application/cloudevents-batch+json";
    private const string OneEvent = """{"specversion":"1.0","id":"e-1","source":"movc:test","type":"movc.vehicle.unplugged.v1"}""";

    private static CancellationToken Stop => GatewayUnderTest.Stop;

    private static async Task<JsonElement> PostAsync(GatewayUnderTest gateway, byte[] body, string? contentType, int status, string? encoding = null)
    {
        using var content = new ByteArrayContent(body);
        if (contentType is not null) content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        if (encoding is not null) content.Headers.ContentEncoding.Add(encoding);
        using HttpResponseMessage response = await gateway.Http.PostAsync(new Uri("/api/v1/events", UriKind.Relative), content, Stop);
        return await GatewayUnderTest.ReadAsync(response, status);
    }

    [Theory]
    [InlineData(Single, OneEvent)]
    [InlineData(Single + "; charset=UTF-8", OneEvent)]
    [InlineData("application/json", OneEvent)]
    [InlineData("application/json", "[" + OneEvent + "]")]
    [InlineData(Batch, "[" + OneEvent + "," + OneEvent + "]")]
    public async Task Events_reach_the_intake_byte_for_byte(string contentType, string body)
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync();
        JsonElement result = await PostAsync(gateway, Encoding.UTF8.GetBytes(body), contentType, 202);
        Encoding.UTF8.GetString(gateway.Intake.Body).ShouldBe(body);
        gateway.Intake.ContentType.ShouldBe(contentType.Split(';')[0]);
        result.GetProperty("accepted").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task A_byte_order_mark_is_taken_off()
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync();
        await PostAsync(gateway, [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(OneEvent)], Single, 202);
        Encoding.UTF8.GetString(gateway.Intake.Body).ShouldBe(OneEvent);
    }

    [Fact]
    public async Task What_was_put_aside_is_named_beside_what_was_accepted()
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync();
        gateway.Intake.Result = new IntakeResult(2, 1, [new IntakeRefusal(3, "e-4", DeadLetterReason.NotPluggedIn, "ev-9 is not plugged in")]);
        JsonElement result = await PostAsync(gateway, "[{}]"u8.ToArray(), Batch, 202);
        result.GetProperty("duplicates").GetInt32().ShouldBe(1);
        JsonElement letter = result.GetProperty("deadLettered")[0];
        (letter.GetProperty("index").GetInt32(), letter.GetProperty("id").GetString(), letter.GetProperty("reason").GetString())
            .ShouldBe((3, "e-4", "not-plugged-in"));
    }

    [Fact]
    public async Task When_none_is_accepted_the_answer_is_422_and_says_why_for_each()
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync();
        gateway.Intake.Result = new IntakeResult(0, 0, [new IntakeRefusal(0, null, DeadLetterReason.OutOfRange, "state of charge 1.7 lies outside 0 to 1")]);
        JsonElement problem = await PostAsync(gateway, Encoding.UTF8.GetBytes(OneEvent), Single, 422);
        problem.GetProperty("accepted").GetInt32().ShouldBe(0);
        problem.GetProperty("deadLettered")[0].GetProperty("detail").GetString()!.ShouldContain("1.7");
    }

    [Fact]
    public async Task A_delivery_that_had_arrived_before_is_accepted_again_without_complaint()
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync();
        gateway.Intake.Result = new IntakeResult(0, 1, []);
        await PostAsync(gateway, Encoding.UTF8.GetBytes(OneEvent), Single, 202);
    }

    [Theory]
    [InlineData(Single, "", "line 1")]
    [InlineData(Single, "{\"a\":1,}", "line 1, byte 8")]
    [InlineData(Single, "{\n\"a\": nonsense}", "line 2, byte 7")]
    [InlineData(Single, "{} {}", "not JSON")]
    [InlineData(Single, "[]", "needs an object")]
    [InlineData(Batch, "{}", "needs an array")]
    [InlineData("application/json", "17", "neither an object nor an array")]
    public async Task A_body_that_is_not_the_promised_json_is_400_and_never_reaches_the_intake(string contentType, string body, string detail)
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync();
        (await PostAsync(gateway, Encoding.UTF8.GetBytes(body), contentType, 400)).GetProperty("detail").GetString()!.ShouldContain(detail);
        gateway.Intake.Calls.ShouldBe(0);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("text/plain", null)]
    [InlineData("application/xml", null)]
    [InlineData("application/json; charset=utf-16", null)]
    [InlineData("application/json", "gzip")]
    public async Task Another_media_type_is_415(string? contentType, string? encoding)
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync();
        await PostAsync(gateway, "{}"u8.ToArray(), contentType, 415, encoding);
        gateway.Intake.Calls.ShouldBe(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_over_four_mebibytes_is_413_and_one_just_under_is_taken(bool chunked)
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync();
        foreach ((int length, int status) in new[] { (4 * 1024 * 1024, 202), (4 * 1024 * 1024 + 1, 413) })
        {
            byte[] body = new byte[length];
            body.AsSpan().Fill((byte)' ');
            "{}"u8.CopyTo(body);
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/events");
            request.Headers.TransferEncodingChunked = chunked;
            request.Headers.ExpectContinue = true;
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(Single);
            using HttpResponseMessage response = await gateway.Http.SendAsync(request, Stop);
            await GatewayUnderTest.ReadAsync(response, status);
        }
        gateway.Intake.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task Another_site_cannot_post_through_a_visitors_browser()
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/events") { Content = new StringContent("{}") };
        request.Headers.Add("Origin", "https://evil.example");
        using HttpResponseMessage response = await gateway.Http.SendAsync(request, Stop);
        await GatewayUnderTest.ReadAsync(response, 403);
        response.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
        gateway.Intake.Calls.ShouldBe(0);
    }

    [Fact]
    public void Every_reason_is_written_under_its_stored_name()
    {
        foreach (DeadLetterReason reason in Enum.GetValues<DeadLetterReason>())
            JsonSerializer.Serialize(reason, Json.GatewayJson.Options).ShouldBe($"\"{reason.ToName()}\"");
    }
}
