package dev.ganger.agent;

import dev.ganger.reference.TellUsages;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The agent's program: {@code ganger agent run}. */
@Command(name = "ganger agent", description = "The worker on a machine: pulls tasks, runs them, reports.", subcommands = {
        AgentRun.class, TellUsages.class}, mixinStandardHelpOptions = true, versionProvider = AgentRun.Version.class)
public final class Main {
    /** Its warnings repeat with a stack trace what the agent says in a sentence. Held, because a logger that nobody holds forgets its level. */
    private static final Logger LIBRARY = Logger.getLogger("io.grpc");

    private Main() {}

    public static void main(String[] arguments) {
        LIBRARY.setLevel(Level.SEVERE);
        System.exit(new CommandLine(new Main()).setParameterExceptionHandler((problem, _) -> wrong(problem)).execute(arguments));
    }

    /** One sentence, as the other verbs say it. */
    private static int wrong(ParameterException problem) {
        var line = problem.getCommandLine();
        var message = String.valueOf(problem.getMessage());
        line.getErr()
                .println("ganger: " + Character.toLowerCase(message.charAt(0)) + message.substring(1).replace('\n', ' ')
                        + "; see '"
                        + line.getCommandSpec().qualifiedName() + " --help'");
        return line.getCommandSpec().exitCodeOnInvalidInput();
    }
}
