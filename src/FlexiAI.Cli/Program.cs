using FlexiAI.Cli;

return await FlexiCommand.RunAsync(args).ConfigureAwait(false);
