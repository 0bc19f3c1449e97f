package dev.ganger.cli.command;

import picocli.CommandLine.Command;

/** What begins with 'ganger coordinator' and is not done by the coordinator itself: its parts are the verbs. */
@Command(name = "coordinator", synopsisSubcommandLabel = "VERB")
final class CoordinatorVerbs {}
