namespace Movc.Domain.Events;

/// <summary>Stored names of <see cref="DeadLetterReason"/>, kebab case, stable for ever.</summary>
public static class DeadLetterReasonNames
{
    private static readonly string[] Names = BuildNames();

    /// <summary>The stored name, as "time-backward".</summary>
    public static string ToName(this DeadLetterReason reason) => Names[(int)reason];

    /// <summary>The reason with the stored name.</summary>
    /// <exception cref="ArgumentException">No reason has it.</exception>
    public static DeadLetterReason Parse(string name)
    {
        int index = Array.IndexOf(Names, name);
        return index > 0 ? (DeadLetterReason)index : throw new ArgumentException($"\"{name}\" is not the name of a dead-letter reason", nameof(name));
    }

    private static string[] BuildNames()
    {
        var names = new string[byte.MaxValue + 1];
        foreach (DeadLetterReason reason in Enum.GetValues<DeadLetterReason>())
            names[(int)reason] = Kebab(reason.ToString());
        return names;
    }

    private static string Kebab(string name)
    {
        var text = new System.Text.StringBuilder(name.Length + 4);
        for (int i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i])) text.Append('-');
            text.Append(char.ToLowerInvariant(name[i]));
        }
        return text.ToString();
    }
}
