package dev.ganger.cli.reference;

import dev.ganger.model.TaskState;
import dev.ganger.reference.Usage.Option;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a word on the command line stands for, and so what completes it; each says itself in a word that the scripts know. */
sealed interface Kind {
    /** What labels of options and operands mean, wherever they stand. */
    static Kind of(String label) {
        return switch (label.replace("…", "").replace("|-", "")) {
            case "JOB" -> Known.JOB;
            case "TASK", "JOB|TASK" -> Known.TASK;
            case "AGENT" -> Known.AGENT;
            case "TOKEN" -> Known.TOKEN;
            case "CONTEXT" -> Known.CONTEXT;
            case "FILE" -> Known.FILE;
            case "DIR" -> Known.FOLDER;
            case "COMMAND" -> Known.COMMAND;
            case "VERB" -> Known.VERB;
            case "STATE" -> new OneOf(states());
            case "" -> Known.FLAG;
            default -> choice(label);
        };
    }

    /** A name is that of an agent where agents are spoken of, and of a user where users are. */
    static Kind ofOperand(String command, String label) {
        if (!label.equals("NAME")) {
            return of(label);
        }
        return command.startsWith("ganger agent ") ? Known.AGENT : command.startsWith("ganger user ") ? Known.USER : Known.TEXT;
    }

    static Kind ofOption(Option option) {
        return option.names().contains("--agent") ? Known.AGENT : of(option.label());
    }

    /** Words that stand for themselves are in small letters: {@code table|json|quiet}, {@code SIZE|none}. */
    private static Kind choice(String label) {
        var words = Arrays.stream(label.split("\\|")).filter(each -> each.matches("[a-z][a-z-]*")).toList();
        return words.isEmpty() ? Known.TEXT : new OneOf(words);
    }

    /** An attempt can be lost, a task cannot. */
    private static List<String> states() {
        return Arrays.stream(TaskState.values()).filter(each -> each != TaskState.LOST)
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    String word();

    /** What needs no more to be said. */
    enum Known implements Kind {
        FLAG, JOB, TASK, AGENT, USER, TOKEN, CONTEXT, FILE, FOLDER, COMMAND, VERB, TEXT;

        @Override
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** One of these words. */
    record OneOf(List<String> words) implements Kind {
        @Override
        public String word() {
            return "one-of:" + String.join(" ", words);
        }
    }
}
