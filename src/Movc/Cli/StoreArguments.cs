using System.CommandLine;
using Movc.Composition;

namespace Movc.Cli;

/// <summary>Which stored city a job is about.</summary>
internal sealed class StoreArguments
{
    private readonly Option<string> _data = new("--data") { Description = "Data directory of a run; it may be running", HelpName = "DIR", DefaultValueFactory = _ => "data" };
    private readonly Option<string?> _postgres = new("--postgres") { Description = "Connection, for a city whose events are in PostgreSQL", HelpName = "CONNECTION" };

    public void AddTo(Command command)
    {
        command.Options.Add(_data);
        command.Options.Add(_postgres);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_data) is { Implicit: false } && result.GetResult(_postgres) is { Implicit: false }) result.AddError("--data and --postgres name two stores: leave one of them out");
        });
    }

    public Task<StoredCity> OpenAsync(ParseResult result, bool toWrite, CancellationToken cancellationToken) =>
        StoredCity.OpenAsync(result.GetValue(_data)!, result.GetValue(_postgres), toWrite, cancellationToken);
}
