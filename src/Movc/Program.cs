using Movc.Cli;

return await MovcCommandLine.RunAsync(args);
