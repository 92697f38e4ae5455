using System.CommandLine;
using Movc.RollingOptimizer.Horizon;

namespace Movc.Cli;

/// <summary>What a live plan aims at and owes: <c>--objective</c>, <c>--peak-weight</c>, <c>--satisfaction</c>, <c>--risk</c>, <c>--reserve</c>.</summary>
internal sealed class PolicyOptions
{
    private readonly ObjectiveOptions _objective = new(plainToo: false);
    private readonly Option<double> _satisfaction = Numbers.Option<double>("--satisfaction", text => Numbers.Real(text) is >= 0 and <= 1 and var e ? e : null, "a number from 0 to 1, as 0.8");
    private readonly Option<double> _risk = Numbers.Option<double>("--risk", text => Numbers.Real(text) is >= 0 and <= 0.1 and var risk ? risk : null, "a share from 0 to 0.1, as 0.0001");
    private readonly Option<double> _reserve = Numbers.Option<double>("--reserve", text => Numbers.Real(text) is >= 0 and <= 1000 and var kwh ? kwh : null, "a number of kWh from 0, as 5");

    public PolicyOptions()
    {
        (_satisfaction.Description, _satisfaction.HelpName, _satisfaction.DefaultValueFactory) = (
            "At every departure at least this share of what charging alone would have given, beside what was asked for (MOVC Eq. 41)", "E", _ => HorizonPolicy.DefaultSatisfaction);
        (_risk.Description, _risk.HelpName, _risk.DefaultValueFactory) = (
            "Share of departures that may have less than was asked for and would have had it by charging alone: the reserve follows what happens so that it comes to half of this; 0 keeps the reserve as it is", "SHARE",
            _ => HorizonPolicy.DefaultRisk);
        (_reserve.Description, _reserve.HelpName, _reserve.DefaultValueFactory) = (
            "Where the reserve begins: so much does the mean vehicle hold beside what was asked for at every departure, others by what they need as a rule, as far as charging alone would have given it, kWh", "KWH", _ => HorizonPolicy.DefaultReserveWh / 1000.0);
    }

    public void AddTo(Command command)
    {
        _objective.AddTo(command);
        command.Options.Add(_satisfaction);
        command.Options.Add(_risk);
        command.Options.Add(_reserve);
    }

    public HorizonPolicy Read(ParseResult result) => new(result.GetValue(_satisfaction), _objective.Read(result).LivePeakWeight)
    {
        Risk = result.GetValue(_risk),
        ReserveWh = (int)Math.Round(1000 * result.GetValue(_reserve)),
    };
}
