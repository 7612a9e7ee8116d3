using Attic.Cli;

return await AtticCommand.RunAsync(args);
