package dev.ganger.cli.command;

import dev.ganger.cli.client.Failure;
import dev.ganger.program.Complaint;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns the parser's complaints into a failure with one sentence and the next step. */
final class UsageErrors {
    private UsageErrors() {}

    /** The parser takes an option that is not there and looks like a number for a word. */
    static void refuseOptionAsWord(ParseResult called) {
        var first = called.matchedPositionals().stream().flatMap(each -> each.originalStringValues().stream()).findFirst()
                .orElse("");
        if (first.matches("-.+") && !called.originalArgs().contains("--")) {
            throw Failure.usage("unknown option '%s'; if it is no option, put '--' before it".formatted(Converters.text(first)));
        }
    }

    static Failure of(ParameterException problem) {
        return new Failure(Failure.Kind.USAGE, Converters.readable(Complaint.sentence(problem, Suggestions::of)), problem);
    }
}
