namespace Movc.Cli;

/// <summary>Exit codes of every verb.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Anything at run time: a port, a store, a part that failed.</summary>
    public const int Failed = 1;

    /// <summary>Wrong arguments or input files.</summary>
    public const int WrongInput = 2;
}
