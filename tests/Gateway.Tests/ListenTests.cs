using System.Net;
using System.Net.Sockets;
using Movc.Domain;

namespace Movc.Gateway.Tests;

public class ListenTests
{
    [Theory]
    [InlineData("127.0.0.1:5080", "127.0.0.1:5080", true)]
    [InlineData("localhost:0", "127.0.0.1:0", true)]
    [InlineData("[::1]:5080", "[::1]:5080", true)]
    [InlineData("0.0.0.0:80", "0.0.0.0:80", false)]
    [InlineData("*:80", "0.0.0.0:80", false)]
    [InlineData("[::]:65535", "[::]:65535", false)]
    public void An_address_is_read_and_known_to_be_loopback_or_not(string text, string endPoint, bool loopback)
    {
        ListenAddress address = ListenAddress.Parse(text);
        address.ToString().ShouldBe(endPoint);
        address.IsLoopback.ShouldBe(loopback);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5080")]
    [InlineData(":5080")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:")]
    [InlineData("127.0.0.1:-1")]
    [InlineData("127.0.0.1:65536")]
    [InlineData("127.0.0.1:5o80")]
    [InlineData("1:5080")]
    [InlineData("::1:5080")]
    [InlineData("[::1]")]
    [InlineData("example.org:5080")]
    public void A_bad_address_is_refused_in_one_line_with_the_remedy(string text)
    {
        string message = Should.Throw<InputException>(() => ListenAddress.Parse(text)).Message;
        message.ShouldContain($"\"{text}\"");
        message.ShouldContain("give host:port");
        message.ShouldNotContain("\n");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Beyond_loopback_without_a_token_it_refuses(string? token) =>
        Should.Throw<InputException>(() => GatewayHost.Build(new GatewayOptions { Listen = "0.0.0.0:0", Token = token }, GatewayUnderTest.Ports()))
            .Message.ShouldContain("set MOVC_TOKEN");

    [Fact]
    public async Task Beyond_loopback_with_a_token_it_serves_and_names_an_address_to_open()
    {
        await using GatewayUnderTest gateway = await GatewayUnderTest.StartAsync(o => o with { Listen = "0.0.0.0:0", Token = "sesame" });
        gateway.Host.Address.Host.ShouldBe("127.0.0.1");
        await gateway.JsonAsync("/api/v1/city", 401);
    }

    [Fact]
    public void A_token_that_no_header_can_carry_is_refused() =>
        Should.Throw<InputException>(() => GatewayHost.Build(new GatewayOptions { Token = "zwei Worte" }, GatewayUnderTest.Ports()))
            .Message.ShouldContain("MOVC_TOKEN");

    [Fact]
    public async Task A_port_in_use_is_told_in_one_line_with_address_and_remedy()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        int port = ((IPEndPoint)other.LocalEndpoint).Port;
        await using GatewayHost host = GatewayHost.Build(new GatewayOptions { Listen = $"127.0.0.1:{port}" }, GatewayUnderTest.Ports());
        string message = (await Should.ThrowAsync<ListenException>(() => host.StartAsync(GatewayUnderTest.Stop))).Message;
        message.ShouldContain($"127.0.0.1:{port} is in use");
        message.ShouldContain("--listen");
        message.ShouldNotContain("\n");
    }

    [Fact]
    public async Task An_address_of_another_machine_is_told_so()
    {
        // 192.0.2.0/24 is set aside for documentation: never ours.
        await using GatewayHost host = GatewayHost.Build(new GatewayOptions { Listen = "192.0.2.1:5080", Token = "sesame" }, GatewayUnderTest.Ports());
        (await Should.ThrowAsync<ListenException>(() => host.StartAsync(GatewayUnderTest.Stop))).Message
            .ShouldContain("192.0.2.1:5080 is not an address of this machine");
    }
}
