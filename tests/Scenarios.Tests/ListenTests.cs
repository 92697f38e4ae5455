using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Movc.Scenarios.Tests;

public class ListenTests
{
    private static string[] Small(Workspace workspace, string listen) => ["run", "--vehicles", "50", "--intervals", "1", "--speed", "max", "--json", "--data", workspace.Data, "--listen", listen];

    [Fact]
    public async Task A_port_in_use_is_named_with_the_remedy_and_nothing_is_begun()
    {
        using var workspace = new Workspace();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        string address = taken.LocalEndpoint.ToString()!;
        string complaint = (await MovcProcess.RunAsync(Small(workspace, address))).Complaint(1);
        complaint.ShouldContain(address);
        complaint.ShouldContain("--listen");
        Directory.Exists(workspace.Data).ShouldBeFalse();
        taken.Stop();
        Ended next = await MovcProcess.RunAsync(Small(workspace, address));
        next.Summary().GetProperty("ended").GetString().ShouldBe("finished");
        next.Error.Trim().ShouldBe(string.Create(CultureInfo.InvariantCulture, $"Page: http://{address}/"));
    }

    [Theory]
    [InlineData("0.0.0.0:0")]
    [InlineData("[::]:0")]
    [InlineData("*:0")]
    public async Task Beyond_this_machine_nothing_is_served_without_a_token(string listen)
    {
        using var workspace = new Workspace();
        (await MovcProcess.RunAsync(Small(workspace, listen))).Complaint(2).ShouldContain("MOVC_TOKEN");
        Directory.Exists(workspace.Data).ShouldBeFalse();
    }

    [Fact]
    public async Task With_a_token_the_data_are_for_those_who_have_it()
    {
        using var workspace = new Workspace();
        await using MovcProcess movc = MovcProcess.Start(
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["MOVC_TOKEN"] = "correct-horse-battery" }, [.. Small(workspace, "0.0.0.0:0"), "--hold"]);
        using var http = new HttpClient { BaseAddress = await movc.PageAsync() };
        var city = new Uri("/api/v1/city", UriKind.Relative);
        using (HttpResponseMessage stranger = await http.GetAsync(city, TestContext.Current.CancellationToken)) stranger.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        http.DefaultRequestHeaders.Authorization = new("Bearer", "correct-horse-battery");
        using (HttpResponseMessage friend = await http.GetAsync(city, TestContext.Current.CancellationToken)) friend.StatusCode.ShouldBe(HttpStatusCode.OK);
        movc.Signal(MovcProcess.Terminate);
        Ended ended = await movc.EndAsync();
        ended.Code.ShouldBe(0);
        (ended.Out + ended.Error).ShouldNotContain("correct-horse");
    }
}
