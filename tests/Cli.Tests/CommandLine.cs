namespace Movc.Cli.Tests;

/// <summary>The command line called in this process, one call at a time because the console is one.</summary>
internal static class CommandLine
{
    private static readonly SemaphoreSlim One = new(1, 1);

    public static Task<Said> RunAsync(params string[] arguments) => WithConsoleAsync(() => MovcCommandLine.RunAsync(arguments));

    public static async Task<Said> WithConsoleAsync(Func<Task<int>> body)
    {
        await One.WaitAsync(TestContext.Current.CancellationToken);
        (TextWriter output, TextWriter error) = (Console.Out, Console.Error);
        using var said = new StringWriter();
        using var complained = new StringWriter();
        try
        {
            Console.SetOut(said);
            Console.SetError(complained);
            int code = await body();
            return new Said(code, said.ToString(), complained.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
            One.Release();
        }
    }

    internal sealed record Said(int Code, string Out, string Error)
    {
        /// <summary>Wrong arguments or files: exit code 2, at most so many lines, nothing on standard output, no stack trace; what it said.</summary>
        public string Complaint(int lines = 1)
        {
            Code.ShouldBe(ExitCode.WrongInput, Error);
            Out.ShouldBeEmpty();
            Error.ShouldNotContain("   at ");
            string[] said = Error.TrimEnd().Split('\n');
            said.Length.ShouldBeLessThanOrEqualTo(lines, Error);
            said.ShouldAllBe(l => l.StartsWith("movc: ", StringComparison.Ordinal));
            return Error.TrimEnd();
        }
    }
}
