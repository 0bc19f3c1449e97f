package dev.ganger.cli.command;

import picocli.CommandLine.Command;

/** What begins with 'ganger agent': its parts are the verbs. */
@Command(name = "agent", synopsisSubcommandLabel = "VERB")
final class AgentVerbs {}
