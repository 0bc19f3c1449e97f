package dev.ganger.cli.command;

import dev.ganger.cli.client.Failure;
import dev.ganger.program.Complaint;
import picocli.CommandLine.ParameterException;

/** Turns the parser's complaints into a failure with one sentence and the next step. */
final class UsageErrors {
    private UsageErrors() {}

    static Failure of(ParameterException problem) {
        return new Failure(Failure.Kind.USAGE, Converters.readable(Complaint.sentence(problem, Suggestions::of)), problem);
    }
}
