package dev.ganger.agent;

import dev.ganger.program.Program;
import dev.ganger.program.Version;
import dev.ganger.reference.TellUsages;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine.Command;

/** The agent's program: {@code ganger agent run}. */
@Command(name = "ganger agent", description = "The worker on a machine: pulls tasks, runs them, reports.", subcommands = {
        AgentRun.class, AgentConfig.class, TellUsages.class}, mixinStandardHelpOptions = true, versionProvider = Version.class)
public final class Main {
    /** Its warnings repeat with a stack trace what the agent says in a sentence. Held, because a logger that nobody holds forgets its level. */
    private static final Logger LIBRARY = Logger.getLogger("io.grpc");

    private Main() {}

    public static void main(String[] arguments) {
        LIBRARY.setLevel(Level.SEVERE);
        System.exit(new Program(new Main()).run(arguments));
    }
}
