package dev.ganger.program;

import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns the parser's complaints into one sentence with the next step. */
public final class Complaint {
    /** It names no option, so what was expected says all. */
    private static final Pattern POSITION = Pattern
            .compile("^Invalid value for positional parameter at index \\S+ \\([^)]*\\): ");

    private Complaint() {}

    /** What was wrong, and where help is. */
    public static String sentence(ParameterException problem) {
        var line = problem.getCommandLine();
        var what = switch (problem) {
            case UnmatchedArgumentException unmatched -> unmatched(unmatched, line.getParent() == null);
            case MissingParameterException missing -> missing(missing, line);
            default -> message(problem);
        };
        return withHelp(what, line);
    }

    static String withHelp(String what, CommandLine line) {
        return what.replace('\n', ' ') + "; see '" + line.getCommandSpec().qualifiedName() + " --help'";
    }

    private static String unmatched(UnmatchedArgumentException problem, boolean atRoot) {
        var first = problem.getUnmatched().getFirst();
        if (problem.isUnknownOption()) {
            return "unknown option '" + first + "'";
        }
        return atRoot ? "no such verb: '" + first + "'" : "unexpected '" + first + "'";
    }

    private static String missing(MissingParameterException problem, CommandLine line) {
        var what = problem.getMissing().isEmpty() ? null : problem.getMissing().getFirst();
        if (what == null || what.isOption()) {
            return message(problem);
        }
        return "'" + line.getCommandName() + "' needs " + what.paramLabel();
    }

    private static String message(ParameterException problem) {
        var message = POSITION.matcher(String.valueOf(problem.getMessage())).replaceFirst("");
        return message.isEmpty() ? message : Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }
}
