package dev.ganger.cli.command;

import dev.ganger.model.Argument;
import dev.ganger.model.Bytes;
import dev.ganger.model.Piece;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** The words of a command line, as the arguments of a task. */
final class CommandWords {
    private static final Bytes SHELL = Bytes.utf8("/bin/sh");
    private static final Bytes SHELL_COMMAND = Bytes.utf8("-c");

    private CommandWords() {}

    static List<Argument> arguments(List<Bytes> words, InputOptions inputs) {
        if (!inputs.shell) {
            return words.stream().map(word -> argument(word, inputs)).toList();
        }
        return List.of(Argument.literal(SHELL), Argument.literal(SHELL_COMMAND), argument(joined(words), inputs));
    }

    private static Argument argument(Bytes word, InputOptions inputs) {
        return inputs.several() && !inputs.noPlaceholders
                ? Argument.parse(word, inputs.fromJson != null, inputs.shell)
                : Argument.literal(word);
    }

    private static Bytes joined(List<Bytes> words) {
        var joined = new ByteArrayOutputStream();
        for (var word : words) {
            if (joined.size() > 0) {
                joined.write(' ');
            }
            joined.writeBytes(word.toByteArray());
        }
        return Bytes.wrap(joined.toByteArray());
    }

    /** The fields that tasks ask their entries for. */
    static List<String> fields(List<Argument> arguments) {
        return arguments.stream().flatMap(argument -> argument.pieces().stream())
                .filter(Piece.Field.class::isInstance)
                .map(piece -> ((Piece.Field) piece).name())
                .distinct().toList();
    }
}
