package dev.ganger.agent;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The agent's program: {@code ganger agent run}. */
@Command(name = "ganger agent", description = "The worker on a machine: pulls tasks, runs them, reports.", subcommands = AgentRun.class, mixinStandardHelpOptions = true, versionProvider = AgentRun.Version.class)
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }
}
