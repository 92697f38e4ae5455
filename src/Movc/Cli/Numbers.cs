using System.CommandLine;
using System.Globalization;

namespace Movc.Cli;

/// <summary>Options that are numbers: what is none is told with what to give, in one line.</summary>
internal static class Numbers
{
    /// <summary>An option of one number.</summary>
    /// <param name="name">As "--seed".</param>
    /// <param name="read">The number, or null when the text is none.</param>
    /// <param name="wanted">What to give, after "give ".</param>
    public static Option<T> Option<T>(string name, Func<string, T?> read, string wanted)
        where T : struct => Option(name, read, number => number!.Value, wanted);

    /// <summary>An option of one number that may be left out.</summary>
    public static Option<T?> Optional<T>(string name, Func<string, T?> read, string wanted)
        where T : struct => Option(name, read, number => number, wanted);

    /// <summary>A whole number, or null.</summary>
    public static long? Whole(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : null;

    /// <summary>A whole number that fits 32 bits, or null.</summary>
    public static int? Count(string text) => Whole(text) is >= int.MinValue and <= int.MaxValue and var number ? (int)number : null;

    /// <summary>A finite number, or null.</summary>
    public static double? Real(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;

    private static Option<TOption> Option<T, TOption>(string name, Func<string, T?> read, Func<T?, TOption> give, string wanted)
        where T : struct => new(name)
        {
            CustomParser = argument =>
            {
                string text = argument.Tokens[^1].Value;
                if (read(text) is { } number) return give(number);
                argument.AddError($"{name} \"{text}\": give {wanted}");
                return default;
            },
        };
}
