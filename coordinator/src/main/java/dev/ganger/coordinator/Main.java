package dev.ganger.coordinator;

import dev.ganger.program.Program;
import dev.ganger.program.Version;
import dev.ganger.reference.TellUsages;
import picocli.CommandLine.Command;

/** The coordinator's program: {@code ganger coordinator run}, and {@code ganger verify}. */
@Command(name = "ganger coordinator", description = "The queues: holds tasks and results, and serves them.", subcommands = {
        CoordinatorRun.class, CoordinatorConfig.class,
        TellUsages.class}, mixinStandardHelpOptions = true, versionProvider = Version.class)
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new Program(new Main(), new Verify()).run(arguments));
    }
}
