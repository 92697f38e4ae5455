namespace Movc.Domain;

/// <summary>
/// Something the user gave is wrong: a file, a row, an argument. The message is one line that names the file, the line and the
/// column (or the argument) and the remedy; the command line prints it as it is and exits with 2.
/// </summary>
public sealed class InputException : Exception
{
    public InputException(string message)
        : base(message)
    {
    }

    public InputException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
