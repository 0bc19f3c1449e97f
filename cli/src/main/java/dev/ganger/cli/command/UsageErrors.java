package dev.ganger.cli.command;

import dev.ganger.cli.client.Failure;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns the parser's complaints into one sentence with the next step. */
final class UsageErrors {
    /** It names no option, so what was expected says all. */
    private static final Pattern POSITION = Pattern
            .compile("^Invalid value for positional parameter at index \\S+ \\([^)]*\\): ");

    private UsageErrors() {}

    static Failure of(ParameterException problem) {
        var line = problem.getCommandLine();
        var atRoot = line.getParent() == null;
        var what = switch (problem) {
            case UnmatchedArgumentException unmatched -> unmatched(unmatched, line, atRoot);
            case MissingParameterException missing -> missing(missing, line);
            default -> decapitalised(POSITION.matcher(String.valueOf(problem.getMessage())).replaceFirst(""));
        };
        var near = problem instanceof UnmatchedArgumentException unmatched ? Suggestions.of(unmatched) : "";
        var help = atRoot ? "ganger --help" : line.getCommandSpec().qualifiedName() + " --help";
        var sentence = Converters.readable(what).replace('\n', ' ') + (near.isEmpty() ? "; see '" + help + "'" : near);
        return new Failure(Failure.Kind.USAGE, sentence, problem);
    }

    private static String unmatched(UnmatchedArgumentException problem, CommandLine line, boolean atRoot) {
        var first = problem.getUnmatched().getFirst();
        if (problem.isUnknownOption()) {
            return "unknown option '" + first + "'";
        }
        return line.getSubcommands().isEmpty() && !atRoot
                ? "unexpected '" + first + "'"
                : "no such verb: '" + (atRoot ? "" : line.getCommandName() + " ") + first + "'";
    }

    private static String missing(MissingParameterException problem, CommandLine line) {
        var what = problem.getMissing().isEmpty() ? null : problem.getMissing().getFirst();
        if (what == null || what.isOption()) {
            return decapitalised(String.valueOf(problem.getMessage()));
        }
        return "'" + line.getCommandSpec().qualifiedName().replaceFirst("^ganger ", "") + "' needs " + what.paramLabel();
    }

    private static String decapitalised(String message) {
        return message.isEmpty() ? message : Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }
}
