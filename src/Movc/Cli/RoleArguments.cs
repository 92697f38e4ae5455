using System.CommandLine;
using Movc.Domain;
using Movc.Gateway.Peers;
using Movc.Roles;

namespace Movc.Cli;

/// <summary>Options of the roles that run as processes of their own.</summary>
internal sealed class RoleArguments
{
    private readonly SimulatedCityOptions _city = new();
    private readonly KafkaArguments _kafka = new();
    private readonly Option<long> _seed = Numbers.Option<long>("--seed", Numbers.Whole, "a whole number, as 1");
    private readonly Option<string?> _postgres = new("--postgres") { Description = "Connection of the store, as Host=localhost;Database=movc;Username=movc;Password=…; without it MOVC_POSTGRES", HelpName = "CONNECTION" };
    private readonly Option<string> _listen;
    private readonly bool _needsStore;

    /// <param name="listen">Default address.</param>
    /// <param name="needsStore">Whether the role uses the database.</param>
    public RoleArguments(string listen, bool needsStore)
    {
        _needsStore = needsStore;
        _listen = new Option<string>("--listen") { Description = $"Address to listen on; beyond loopback a token must be set", HelpName = "HOST:PORT", DefaultValueFactory = _ => listen };
        (_seed.Description, _seed.HelpName, _seed.DefaultValueFactory) = ("Seed of everything drawn; the same for every role", "S", _ => 1);
    }

    public void AddTo(Command command)
    {
        _city.AddTo(command);
        foreach (Option option in (Option[])[_seed, .. _kafka.All, _listen]) command.Options.Add(option);
        if (_needsStore) command.Options.Add(_postgres);
        command.Validators.Add(result =>
        {
            if (!_kafka.IsGiven(result)) result.AddError("brokers are missing: give --kafka or set MOVC_KAFKA");
            if (_needsStore && Given.Or(result.GetValue(_postgres), "MOVC_POSTGRES") is null) result.AddError("a connection is missing: give --postgres or set MOVC_POSTGRES");
        });
    }

    /// <summary>An option that names the processes of another role.</summary>
    public static Option<string?> Peers(string name, string variable, string what, string by) =>
        new(name) { Description = $"{what}; without it {variable}, else {by}", HelpName = "HOST:PORT,…" };

    /// <exception cref="InputException">Not host:port.</exception>
    public static PeerAddresses PeersOf(ParseResult result, Option<string?> option, string variable, string by) =>
        PeerAddresses.Parse(option.Name, Given.Or(result.GetValue(option), variable) ?? by);

    /// <exception cref="InputException">Something given is wrong.</exception>
    public RoleOptions Read(ParseResult result) => new()
    {
        Setup = _city.Read(result, result.GetValue(_seed)),
        Seed = result.GetValue(_seed),
        Kafka = _kafka.Read(result),
        Postgres = _needsStore ? Given.Or(result.GetValue(_postgres), "MOVC_POSTGRES")! : string.Empty,
        Listen = result.GetValue(_listen)!,
        RoleToken = Environment.GetEnvironmentVariable(PeerHost.TokenVariable),
    };
}
