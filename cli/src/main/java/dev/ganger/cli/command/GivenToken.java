package dev.ganger.cli.command;

import dev.ganger.cli.client.Failure;
import dev.ganger.model.Bytes;
import dev.ganger.trust.TokenLine;
import java.util.Arrays;

/** A token as it was given: the word itself, {@code @FILE}, or {@code -} for the standard input. */
record GivenToken(Bytes given, Surroundings surroundings) {
    private static final int LONGEST = 4096;
    private static final byte AT = '@';

    /** Throws a Failure if it is none of this kind. */
    TokenLine of(TokenLine.Kind kind) {
        try {
            var line = TokenLine.parse(word());
            if (line.kind() != kind) {
                throw Failure.usage(switch (line.kind()) {
                    case AGENT -> "this token is for an agent: 'ganger agent run --join TOKEN' uses it";
                    case USER ->
                        "this token is for a user: 'ganger login TOKEN' uses it; 'ganger token create agent' makes one for an agent";
                });
            }
            return line;
        } catch (IllegalArgumentException wrong) {
            throw Failure.usage(String.valueOf(wrong.getMessage()));
        }
    }

    /** A file may hold the whole line that 'token create' printed. */
    private String word() {
        var bytes = given.toByteArray();
        if (Operand.isStandardInput(given)) {
            return lastOf(given);
        }
        return bytes.length > 1 && bytes[0] == AT
                ? lastOf(Bytes.of(Arrays.copyOfRange(bytes, 1, bytes.length)))
                : given.toString();
    }

    private String lastOf(Bytes name) {
        var text = Bytes.wrap(new Operand(name, surroundings).read(LONGEST)).toString().strip();
        return text.substring(1 + Math.max(text.lastIndexOf(' '), text.lastIndexOf('\n')));
    }
}
