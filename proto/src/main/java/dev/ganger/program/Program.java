package dev.ganger.program;

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
        line = new CommandLine(command).setOut(out).setErr(err).setParameterExceptionHandler((problem, _) -> refuse(problem));
    }

    /** Without arguments: prints what it can do. */
    public int run(String... arguments) {
        return line.execute(arguments.length == 0 ? new String[]{"--help"} : arguments);
    }

    private static int refuse(ParameterException problem) {
        var line = problem.getCommandLine();
        line.getErr().println("ganger: " + Complaint.sentence(problem));
        return line.getCommandSpec().exitCodeOnInvalidInput();
    }
}
