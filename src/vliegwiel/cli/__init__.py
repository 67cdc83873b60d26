"""The command line: a module per group of commands, each translating to one service or query."""
