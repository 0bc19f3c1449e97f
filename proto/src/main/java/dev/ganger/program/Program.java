package dev.ganger.program;

import dev.ganger.config.WrongSetting;
import dev.ganger.reference.TellUsages;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** A program that serves until it is ended: does what its arguments say and gives the exit code. */
public final class Program {
    private final CommandLine line;
    private final List<CommandLine> verbs;

    /** A command with subcommands, and verbs beside it that are called by their own names, such as {@code ganger verify}. */
    public Program(Object command, Object... verbs) {
        this(new PrintWriter(System.out, true), new PrintWriter(System.err, true), command, verbs);
    }

    Program(PrintWriter out, PrintWriter err, Object command, Object... verbs) {
        this.line = line(command, out, err);
        this.verbs = Stream.of(verbs).map(verb -> line(verb, out, err)).toList();
        for (var each : line.getSubcommands().values()) {
            if (each.getCommand() instanceof TellUsages tell) {
                tell.also(this.verbs);
            }
        }
    }

    private static CommandLine line(Object command, PrintWriter out, PrintWriter err) {
        return new CommandLine(command).setExpandAtFiles(false).setOut(out).setErr(err)
                .setParameterExceptionHandler((problem, _) -> refuse(problem))
                .setExecutionExceptionHandler((problem, verb, _) -> refuse(problem, verb));
    }

    /** Without arguments: prints what it can do. */
    public int run(String... arguments) {
        if (arguments.length == 0) {
            return line.execute("--help");
        }
        for (var verb : verbs) {
            if (verb.getCommandName().endsWith(" " + arguments[0])) {
                return verb.execute(Arrays.copyOfRange(arguments, 1, arguments.length));
            }
        }
        return line.execute(arguments);
    }

    private static int refuse(ParameterException problem) {
        return refuse(problem.getCommandLine(), Complaint.sentence(problem, Complaint::nearest));
    }

    /** What is configured is as much of the command line as what is typed. */
    private static int refuse(Exception problem, CommandLine verb) throws Exception {
        if (problem instanceof WrongSetting wrong) {
            return refuse(verb, Complaint.withHelp(wrong.sentence(), verb));
        }
        throw problem;
    }

    private static int refuse(CommandLine line, String sentence) {
        line.getErr().println("ganger: " + sentence);
        return line.getCommandSpec().exitCodeOnInvalidInput();
    }
}
