package dev.ganger.coordinator;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The coordinator's program: {@code ganger coordinator run}. */
@Command(name = "ganger coordinator", description = "The queues: holds tasks and results, and serves them.", subcommands = CoordinatorRun.class, mixinStandardHelpOptions = true, versionProvider = CoordinatorRun.Version.class)
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }
}
