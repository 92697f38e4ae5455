using System.CommandLine;
using System.Diagnostics;
using YamlDotNet.RepresentationModel;

namespace Movc.Cli.Tests;

/// <summary>docker-compose.yml as Debian's docker-compose reads it, and its commands as the program takes them. No engine is needed.</summary>
public class ComposeTests
{
    private static readonly string[] Secrets = ["MOVC_DB_PASSWORD", "MOVC_ROLE_TOKEN", "MOVC_TOKEN"];

    [Fact]
    public void Every_command_is_one_that_the_program_takes_and_every_server_is_waited_for_and_checked()
    {
        YamlNode services = Config(Secrets)["services"];
        Names(services).ShouldBe(["gateway", "ingest", "kafka", "migrate", "optimizer", "postgres", "twin"], ignoreOrder: true);
        foreach (string role in (string[])["ingest", "twin", "optimizer", "gateway", "migrate"])
        {
            YamlNode service = services[role];
            string[] command = [.. ((YamlSequenceNode)service["command"]).Select(Text)];
            YamlMappingNode environment = (YamlMappingNode)service["environment"];
            ParseResult parsed = Parse(command, environment);
            parsed.Errors.Select(e => e.Message).ShouldBeEmpty(role);
            parsed.CommandResult.Command.Name.ShouldBe(role);
            Text(service["image"]).ShouldBe("movc");
            if (role is "migrate") continue;
            Names(service["depends_on"]).ShouldBe(["kafka", "migrate"], ignoreOrder: true);
            string[] check = [.. ((YamlSequenceNode)service["healthcheck"]["test"]).Select(Text)];
            check[..3].ShouldBe(["CMD", "dotnet", "/app/movc.dll"]);
            MovcCommandLine.Create().Parse(check[3..]).Errors.ShouldBeEmpty(role);
            // What is asked is what listens.
            string listens = command[Array.IndexOf(command, "--listen") + 1];
            new Uri(check[^1]).Port.ToString(System.Globalization.CultureInfo.InvariantCulture).ShouldBe(listens.Split(':')[1], role);
        }
        foreach ((string variable, string role) in ((string, string)[])[("MOVC_TWINS", "twin"), ("MOVC_OPTIMIZER", "optimizer"), ("MOVC_INGEST", "ingest")])
        {
            string listens = ((YamlSequenceNode)services[role]["command"]).Select(Text).SkipWhile(w => w is not "--listen").ElementAt(1);
            Text(services["gateway"]["environment"][variable]).ShouldBe($"{role}:{listens.Split(':')[1]}");
        }
        foreach (string server in (string[])["kafka", "postgres"]) ((YamlSequenceNode)services[server]["volumes"]).Children.ShouldHaveSingleItem();
    }

    [Fact]
    public void Without_a_secret_nothing_starts_and_the_variable_is_named()
    {
        foreach (string missing in Secrets)
        {
            (int code, string text) = Compose([.. Secrets.Where(s => !string.Equals(s, missing, StringComparison.Ordinal))]);
            code.ShouldNotBe(0);
            text.ShouldContain($"set {missing} in .env");
        }
        string example = File.ReadAllText(Path.Combine(Root(), "infra", "compose.env.example"));
        foreach (string secret in Secrets) example.ShouldContain($"{secret}=\n");
    }

    private static YamlNode Config(string[] secrets)
    {
        (int code, string text) = Compose(secrets);
        code.ShouldBe(0, text);
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream.Documents[0].RootNode;
    }

    private static ParseResult Parse(string[] command, YamlMappingNode environment)
    {
        // The parser reads what the command line leaves out from the environment, as it will in the container.
        var before = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach ((YamlNode name, YamlNode value) in environment.Children)
        {
            before[Text(name)] = Environment.GetEnvironmentVariable(Text(name));
            Environment.SetEnvironmentVariable(Text(name), Text(value));
        }
        try
        {
            return MovcCommandLine.Create().Parse(command);
        }
        finally
        {
            foreach ((string name, string? value) in before) Environment.SetEnvironmentVariable(name, value);
        }
    }

    private static (int Code, string Text) Compose(string[] secrets)
    {
        if (!File.Exists("/usr/bin/docker-compose")) Assert.Skip("needs compose (Debian package docker-compose)");
        // An empty file in place of the .env that somebody may have beside it.
        using var folder = new TemporaryFolder();
        string nothing = folder["empty.env"];
        File.WriteAllText(nothing, string.Empty);
        var start = new ProcessStartInfo("/usr/bin/docker-compose", ["-f", Path.Combine(Root(), "docker-compose.yml"), "--env-file", nothing, "config"]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (string secret in Secrets) start.Environment.Remove(secret);
        foreach (string secret in secrets) start.Environment[secret] = "for-tests-only";
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.GetAwaiter().GetResult());
    }

    private static string Root()
    {
        DirectoryInfo at = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "Movc.sln"))) at = at.Parent!;
        return at.FullName;
    }

    private static IEnumerable<string> Names(YamlNode node) => ((YamlMappingNode)node).Children.Keys.Select(Text);

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value ?? string.Empty;
}
