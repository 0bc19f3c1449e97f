package dev.ganger.program;

import dev.ganger.config.WrongSetting;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** A program that serves until it is ended: does what its arguments say and gives the exit code. */
public final class Program {
    private final CommandLine line;

    /** A command with subcommands. */
    public Program(Object command) {
        this(command, new PrintWriter(System.out, true), new PrintWriter(System.err, true));
    }

    Program(Object command, PrintWriter out, PrintWriter err) {
        line = new CommandLine(command).setExpandAtFiles(false).setOut(out).setErr(err)
                .setParameterExceptionHandler((problem, _) -> refuse(problem))
                .setExecutionExceptionHandler((problem, verb, _) -> refuse(problem, verb));
    }

    /** Without arguments: prints what it can do. */
    public int run(String... arguments) {
        return line.execute(arguments.length == 0 ? new String[]{"--help"} : arguments);
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
