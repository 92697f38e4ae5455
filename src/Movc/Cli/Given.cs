namespace Movc.Cli;

/// <summary>What was given on the command line, else what the environment holds: a password on a command line is seen by every user of the machine.</summary>
internal static class Given
{
    /// <returns>Null where neither says anything.</returns>
    public static string? Or(string? given, string variable)
    {
        string? found = given ?? Environment.GetEnvironmentVariable(variable);
        return string.IsNullOrEmpty(found) ? null : found;
    }
}
