using System.CommandLine;
using System.Globalization;
using Movc.RollingOptimizer.Horizon;

namespace Movc.Cli;

/// <summary>What a live plan aims at and owes: <c>--objective</c>, <c>--peak-weight</c>, <c>--satisfaction</c>.</summary>
internal sealed class PolicyOptions
{
    private readonly ObjectiveOptions _objective = new(plainToo: false);
    private readonly Option<double> _satisfaction = Numbers.Option<double>("--satisfaction", text => Numbers.Real(text) is >= 0 and <= 1 and var e ? e : null, "a number from 0 to 1, as 0.8");

    private readonly Option<double> _reserve = Numbers.Option<double>("--reserve", text => Numbers.Real(text) is >= 0 and <= 1000 and var kwh ? kwh : null, "a number of kWh from 0, as 5");

    public PolicyOptions()
    {
        (_reserve.Description, _reserve.HelpName, _reserve.DefaultValueFactory) = ("Beside what was asked for so much is held at every departure, as far as charging alone would have given it, kWh", "KWH", _ => 0);
        (_satisfaction.Description, _satisfaction.HelpName, _satisfaction.DefaultValueFactory) = (
            string.Create(CultureInfo.InvariantCulture, $"At every departure at least this share of what charging alone would have given, beside what was asked for (MOVC Eq. 41)"), "E",
            _ => HorizonPolicy.DefaultSatisfaction);
    }

    public void AddTo(Command command)
    {
        _objective.AddTo(command);
        command.Options.Add(_satisfaction);
        command.Options.Add(_reserve);
    }

    public HorizonPolicy Read(ParseResult result) =>
        new(result.GetValue(_satisfaction), _objective.Read(result).LivePeakWeight) { ReserveWh = (int)Math.Round(1000 * result.GetValue(_reserve)) };
}
