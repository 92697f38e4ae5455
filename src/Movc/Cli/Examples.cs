using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Movc.Cli;

/// <summary>Examples under a command's help.</summary>
internal static class Examples
{
    public static void Add(Command command, params (string Line, string What)[] examples)
    {
        var help = new HelpOption();
        help.Action = new WithExamples((HelpAction)help.Action!, examples);
        command.Options.Add(help);
    }

    private sealed class WithExamples(HelpAction inner, (string Line, string What)[] examples) : SynchronousCommandLineAction
    {
        /// <summary>Help answers also when required options are missing.</summary>
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            int code = inner.Invoke(parseResult);
            TextWriter output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach ((string line, string what) in examples)
            {
                output.WriteLine($"  {line}");
                output.WriteLine($"      {what}");
            }
            return code;
        }
    }
}
