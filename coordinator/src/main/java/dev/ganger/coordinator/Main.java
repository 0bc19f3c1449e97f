package dev.ganger.coordinator;

import dev.ganger.reference.TellUsages;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The coordinator's program: {@code ganger coordinator run}. */
@Command(name = "ganger coordinator", description = "The queues: holds tasks and results, and serves them.", subcommands = {
        CoordinatorRun.class, TellUsages.class}, mixinStandardHelpOptions = true, versionProvider = CoordinatorRun.Version.class)
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
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
