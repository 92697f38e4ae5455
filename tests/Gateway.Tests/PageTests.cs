using System.Net.Sockets;
using System.Text;

namespace Movc.Gateway.Tests;

public sealed class PageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("movc-page-").FullName;

    private static CancellationToken Stop => GatewayUnderTest.Stop;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string BuildDashboard()
    {
        string dist = Path.Combine(_folder, "dist");
        Directory.CreateDirectory(Path.Combine(dist, "assets"));
        File.WriteAllText(Path.Combine(dist, "index.html"), "<!doctype html><title>Dashboard</title>");
        File.WriteAllText(Path.Combine(dist, "assets", "app-1a2b.js"), "export {};");
        File.WriteAllText(Path.Combine(_folder, "secret.txt"), "the secret");
        File.WriteAllText(Path.Combine(dist, ".env"), "the secret");
        return dist;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_a_built_dashboard_the_page_says_so_and_that_the_api_works(bool emptyFolder)
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync(o => o with { DashboardPath = emptyFolder ? _folder : null });
        string page = await gateway.Http.GetStringAsync(new Uri("/", UriKind.Relative), Stop);
        page.ShouldContain("dashboard was not built");
        page.ShouldContain("Node 20.19 or later");
        page.ShouldContain("/api/v1/city");
    }

    [Fact]
    public async Task The_built_dashboard_is_served_with_its_assets()
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync(o => o with { DashboardPath = BuildDashboard() });
        using HttpResponseMessage page = await gateway.Http.GetAsync(new Uri("/", UriKind.Relative), Stop);
        (await page.Content.ReadAsStringAsync(Stop)).ShouldContain("<title>Dashboard</title>");
        page.Headers.CacheControl!.NoCache.ShouldBeTrue();
        using HttpResponseMessage asset = await gateway.Http.GetAsync(new Uri("/assets/app-1a2b.js", UriKind.Relative), Stop);
        asset.Content.Headers.ContentType!.MediaType.ShouldBe("text/javascript");
        asset.Headers.CacheControl!.ToString().ShouldContain("immutable");
    }

    [Theory]
    [InlineData("/../secret.txt")]
    [InlineData("/assets/../../secret.txt")]
    [InlineData("/..%2fsecret.txt")]
    [InlineData("/%2e%2e/secret.txt")]
    [InlineData("/assets/%2e%2e/%2e%2e/secret.txt")]
    [InlineData("/..\\secret.txt")]
    [InlineData("/.env")]
    [InlineData("/assets/")]
    public async Task Nothing_outside_the_dashboard_is_served(string path)
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync(o => o with { DashboardPath = BuildDashboard() });
        // A raw socket: no client may tidy the path before it is sent.
        using var client = new TcpClient();
        await client.ConnectAsync(gateway.Host.Address.Host, gateway.Host.Address.Port, Stop);
        await using NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"), Stop);
        using var reader = new StreamReader(stream);
        string answer = await reader.ReadToEndAsync(Stop);
        answer.ShouldMatch("^HTTP/1.1 (404|400) ");
        answer.ShouldNotContain("the secret");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api/v1/city")]
    [InlineData("/api/v1/nothing")]
    [InlineData("/api/v1/dead-letters?limit=0")]
    [InlineData("/openapi/v1.json")]
    public async Task Every_answer_carries_the_security_headers(string path)
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync();
        using HttpResponseMessage response = await gateway.Http.GetAsync(new Uri(path, UriKind.Relative), Stop);
        string policy = response.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("default-src 'self'");
        policy.ShouldContain("script-src 'self';");
        policy.ShouldContain("frame-ancestors 'none'");
        response.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        response.Headers.GetValues("Referrer-Policy").Single().ShouldBe("no-referrer");
        response.Headers.Contains("Server").ShouldBeFalse();
        response.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
        if (path.StartsWith("/api", StringComparison.Ordinal)) response.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }
}
