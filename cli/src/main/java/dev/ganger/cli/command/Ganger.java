package dev.ganger.cli.command;

import dev.ganger.cli.client.Failure;
import dev.ganger.cli.view.Format;
import dev.ganger.cli.view.Output;
import dev.ganger.cli.view.OutputClosed;
import dev.ganger.model.Bytes;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The program as a whole: reads the command line, lets a verb do its work, and answers for it with an exit code. */
public final class Ganger {
    /** As a shell shows a program that SIGPIPE ended. */
    private static final int NOBODY_READS = 141;

    private final Surroundings surroundings;

    public Ganger(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Does what the arguments say and gives the exit code. */
    public int run(List<Bytes> arguments) {
        var invocation = new Invocation(surroundings);
        try {
            var code = run(invocation, arguments.stream().map(Converters::octets).toArray(String[]::new));
            invocation.flush();
            return code;
        } catch (OutputClosed _) {
            return NOBODY_READS;
        } catch (Failure failure) {
            return report(invocation, failure);
        }
    }

    private int run(Invocation invocation, String[] arguments) {
        ParseResult parsed;
        try {
            parsed = CommandLines.of(invocation, arguments).parseArgs(arguments);
        } catch (ParameterException problem) {
            throw UsageErrors.of(problem);
        }
        var called = parsed;
        while (called.hasSubcommand()) {
            called = called.subcommand();
        }
        if (parsed.isVersionHelpRequested() || called.isVersionHelpRequested()) {
            return tell(Overview.version());
        }
        if (called.isUsageHelpRequested() || !(called.commandSpec().userObject() instanceof Verb verb)) {
            return tell(help(parsed, called).stripTrailing());
        }
        UsageErrors.refuseOptionAsWord(called);
        return run(invocation, verb);
    }

    /** Whatever is configured: who asks for help may have configured it wrongly. */
    private int tell(String text) {
        var output = output(Format.TABLE);
        output.line(text);
        output.flush();
        return 0;
    }

    private Output output(Format format) {
        return new Output(surroundings.out(), surroundings.err(), format, surroundings.terminal(), false);
    }

    private static String help(ParseResult parsed, ParseResult called) {
        if (called == parsed) {
            return Overview.text() + (parsed.isUsageHelpRequested() ? Overview.options() : "");
        }
        if (called.commandSpec().userObject() instanceof VerbFamily family) {
            return Overview.family(family) + (called.isUsageHelpRequested() ? Overview.options() : "");
        }
        return called.commandSpec().commandLine().getUsageMessage(Ansi.OFF);
    }

    private static int run(Invocation invocation, Verb verb) {
        try {
            return verb.run();
        } catch (Failure failure) {
            invocation.flush();
            report(invocation.output(), invocation.debug, failure.kind().word(), failure.sentence(), failure);
            return verb.exitCode(failure);
        } catch (OutputClosed problem) {
            throw problem;
        } catch (RuntimeException bug) {
            report(invocation.output(), invocation.debug, "failed",
                    "this should not have happened: " + bug + "; please report it with what --debug prints", bug);
            return verb.exitCode(new Failure(Failure.Kind.FAILED, "a bug", bug));
        }
    }

    /** Of a command line that was not understood. */
    private int report(Invocation invocation, Failure failure) {
        report(output(formatOfErrors(invocation)), invocation.debug, failure.kind().word(), failure.sentence(), failure);
        return failure.kind().exitCode();
    }

    /** What is wrong may be the format itself, or the file that would say it. */
    private Format formatOfErrors(Invocation invocation) {
        try {
            return invocation.format();
        } catch (Failure _) {
            var asked = invocation.format == null
                    ? Format.JSON.word().equals(surroundings.environment().get("GANGER_OUTPUT"))
                    : invocation.format == Format.JSON;
            return asked ? Format.JSON : Format.TABLE;
        }
    }

    private static void report(Output output, boolean debug, String word, String sentence, @Nullable Throwable problem) {
        output.error(word, sentence);
        if (debug && problem != null) {
            var trace = new StringWriter();
            problem.printStackTrace(new PrintWriter(trace));
            output.details(trace.toString());
        }
    }
}
