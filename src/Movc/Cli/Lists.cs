using System.CommandLine;

namespace Movc.Cli;

/// <summary>Options that are lists: values with commas between them, each once.</summary>
internal static class Lists
{
    /// <summary>An option of one or more values; null where it is not given.</summary>
    /// <param name="name">As "--gamma".</param>
    /// <param name="read">A value, or null when the text is none.</param>
    /// <param name="wanted">What each may be, after "give ".</param>
    public static Option<IReadOnlyList<T>?> Option<T>(string name, Func<string, T?> read, string wanted)
        where T : struct => Of(name, text => read(text) is { } value ? (true, value) : (false, default), wanted);

    /// <summary>The same of texts.</summary>
    public static Option<IReadOnlyList<string>?> Texts(string name, string wanted) => Of(name, text => (text.Length > 0, text), wanted);

    /// <summary>The same of the names of an enumeration.</summary>
    public static Option<IReadOnlyList<T>?> Names<T>(string name)
        where T : struct, Enum =>
        Option<T>(name, text => Numbers.Whole(text) is null && Enum.TryParse(text, ignoreCase: true, out T value) ? value : null, string.Join(", ", Enum.GetNames<T>().Select(n => char.ToLowerInvariant(n[0]) + n[1..])));

    private static Option<IReadOnlyList<T>?> Of<T>(string name, Func<string, (bool Is, T Value)> read, string wanted) => new(name)
    {
        AllowMultipleArgumentsPerToken = false,
        Arity = ArgumentArity.OneOrMore,
        CustomParser = argument =>
        {
            var values = new List<T>();
            foreach (string text in argument.Tokens.SelectMany(t => t.Value.Split(',', StringSplitOptions.TrimEntries)))
            {
                (bool known, T value) = read(text);
                if (!known)
                {
                    argument.AddError($"{name} \"{text}\": give {wanted}, several with commas between them");
                    return null;
                }
                if (!values.Contains(value)) values.Add(value);
            }
            return values;
        },
    };
}
