package dev.ganger.program;

import dev.ganger.reference.Nearest;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns the parser's complaints into one sentence with the next step. */
public final class Complaint {
    /** It names no option, so what was expected says all. */
    private static final Pattern POSITION = Pattern
            .compile("^Invalid value for positional parameter at index \\S+ \\([^)]*\\): ");

    private Complaint() {}

    /** What was wrong, and what was meant (a question that begins with '; ', or nothing) or else where help is. */
    public static String sentence(ParameterException problem, Function<UnmatchedArgumentException, String> meant) {
        var line = problem.getCommandLine();
        return switch (problem) {
            case UnmatchedArgumentException unmatched -> {
                var question = meant.apply(unmatched);
                yield question.isEmpty() ? withHelp(unmatched(unmatched, line), line) : unmatched(unmatched, line) + question;
            }
            case MissingParameterException missing -> withHelp(missing(missing, line), line);
            default -> withHelp(message(problem), line);
        };
    }

    /** What a program with these subcommands and options may have been asked for. */
    static String nearest(UnmatchedArgumentException problem) {
        var typed = problem.getUnmatched().getFirst();
        var line = problem.getCommandLine();
        if (!problem.isUnknownOption()) {
            return Nearest.question(typed, line.getCommandSpec().subcommands().entrySet().stream()
                    .filter(each -> !each.getValue().getCommandSpec().usageMessage().hidden()).map(Map.Entry::getKey).toList());
        }
        return Nearest.question(typed.replaceFirst("=.*", ""), line.getCommandSpec().options().stream()
                .filter(each -> !each.hidden()).map(OptionSpec::longestName).toList());
    }

    static String withHelp(String what, CommandLine line) {
        return what.replace('\n', ' ') + "; see '" + line.getCommandSpec().qualifiedName() + " --help'";
    }

    private static String unmatched(UnmatchedArgumentException problem, CommandLine line) {
        var first = problem.getUnmatched().getFirst();
        if (problem.isUnknownOption()) {
            return "unknown option '" + first + "'";
        }
        var atRoot = line.getParent() == null;
        var isVerb = !atRoot || line.getCommandName().contains(" ");
        return line.getSubcommands().isEmpty() && isVerb
                ? "unexpected '" + first + "'"
                : "no such verb: '" + (atRoot ? "" : words(line) + " ") + first + "'";
    }

    private static String missing(MissingParameterException problem, CommandLine line) {
        var what = problem.getMissing().isEmpty() ? null : problem.getMissing().getFirst();
        if (what == null || what.isOption()) {
            return message(problem);
        }
        return "'" + words(line) + "' needs " + what.paramLabel();
    }

    private static String words(CommandLine line) {
        return line.getCommandSpec().qualifiedName().replaceFirst("^ganger ", "");
    }

    private static String message(ParameterException problem) {
        var message = POSITION.matcher(String.valueOf(problem.getMessage())).replaceFirst("");
        return message.isEmpty() ? message : Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }
}
