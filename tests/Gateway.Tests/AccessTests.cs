using System.Text.Json;

namespace Movc.Gateway.Tests;

public class AccessTests
{
    private static CancellationToken Stop => GatewayUnderTest.Stop;

    private static async Task<HttpResponseMessage> GetAsync(GatewayUnderTest gateway, string path, string? authorization = null, string? host = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization).ShouldBeTrue();
        if (host is not null) request.Headers.Host = host;
        return await gateway.Http.SendAsync(request, Stop);
    }

    [Theory]
    [InlineData(null, 401)]
    [InlineData("Bearer", 401)]
    [InlineData("Bearer ", 401)]
    [InlineData("Bearer sesam", 401)]
    [InlineData("Bearer sesame2", 401)]
    [InlineData("Basic sesame", 401)]
    [InlineData("sesame", 401)]
    [InlineData("Bearer sesame", 200)]
    [InlineData("bearer sesame", 200)]
    public async Task Only_the_token_opens_the_data(string? authorization, int status)
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync(o => o with { Token = "sesame" });
        foreach (string path in new[] { "/api/v1/city", "/api/v1/plan", "/api/v1/dead-letters", "/api/v1/studies", "/API/V1/vehicles/ev-0001" })
        {
            using HttpResponseMessage response = await GetAsync(gateway, path, authorization);
            await GatewayUnderTest.ReadAsync(response, status);
            if (status == 401) response.Headers.WwwAuthenticate.ToString().ShouldStartWith("Bearer");
        }
        using HttpResponseMessage report = await GetAsync(gateway, "/api/v1/studies/paper-fig6/report", authorization);
        ((int)report.StatusCode).ShouldBe(status);
    }

    [Theory]
    [InlineData("/api/v1/city?access_token=sesame")]
    [InlineData("/api/v1/nothing")]
    [InlineData("/hubs/city")]
    [InlineData("/hubs/city/negotiate")]
    [InlineData("/api/v1/healthy")]
    [InlineData("/api/v1/health/../city")]
    [InlineData("//api/v1/city/../city")]
    public async Task No_way_around_gives_data(string path)
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync(o => o with { Token = "sesame" });
        // As text, so that the client does not tidy the path first.
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(gateway.Host.Address.GetLeftPart(UriPartial.Authority) + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        using HttpResponseMessage response = await gateway.Http.SendAsync(request, Stop);
        ((int)response.StatusCode).ShouldBeOneOf(401, 404);
        (await response.Content.ReadAsStringAsync(Stop)).ShouldNotContain("originalKw");
    }

    [Fact]
    public async Task Health_and_the_page_stay_open_but_the_causes_do_not()
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync(
            o => o with { Token = "sesame" }, prepare: (_, plans, _) => plans.Plan = Samples.Plan(status: "late"));
        using HttpResponseMessage page = await GetAsync(gateway, "/");
        ((int)page.StatusCode).ShouldBe(200);
        using HttpResponseMessage stranger = await GetAsync(gateway, "/api/v1/health");
        JsonElement seen = await GatewayUnderTest.ReadAsync(stranger, 200);
        seen.GetProperty("status").GetString().ShouldBe("degraded");
        seen.GetProperty("causes").GetArrayLength().ShouldBe(0);
        using HttpResponseMessage friend = await GetAsync(gateway, "/api/v1/health", "Bearer sesame");
        (await GatewayUnderTest.ReadAsync(friend, 200)).GetProperty("causes")[0].GetString()!.ShouldContain("late");
    }

    [Theory]
    [InlineData("evil.example", 421)]
    [InlineData("evil.example:5080", 421)]
    [InlineData("127.0.0.1.evil.example", 421)]
    [InlineData("10.0.0.1", 421)]
    [InlineData("localhost", 200)]
    [InlineData("localhost:99", 200)]
    [InlineData("[::1]:5080", 200)]
    public async Task Without_a_token_only_loopback_names_are_served(string host, int status)
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync();
        using HttpResponseMessage response = await GetAsync(gateway, "/api/v1/city", host: host);
        await GatewayUnderTest.ReadAsync(response, status);
    }
}
