package dev.ganger.cli;

import dev.ganger.model.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The arguments of this process as the bytes they are: a JVM decodes them by the locale, and LC_ALL=C loses what is not ASCII. */
final class OwnArguments {
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

    private OwnArguments() {}

    static List<Bytes> of(String... decoded) {
        try {
            var all = split(Files.readAllBytes(COMMAND_LINE));
            var own = all.subList(Math.max(0, all.size() - decoded.length), all.size());
            if (own.size() == decoded.length && agree(own, decoded)) {
                return own;
            }
        } catch (IOException _) {
            return encoded(decoded);
        }
        return encoded(decoded);
    }

    /** Each argument ends with a NUL. */
    static List<Bytes> split(byte[] commandLine) {
        var arguments = new ArrayList<Bytes>();
        var from = 0;
        for (var at = 0; at < commandLine.length; at++) {
            if (commandLine[at] == 0) {
                arguments.add(Bytes.of(Arrays.copyOfRange(commandLine, from, at)));
                from = at + 1;
            }
        }
        return arguments;
    }

    /** What the JVM could decode must be the same; otherwise these are other arguments. */
    private static boolean agree(List<Bytes> own, String... decoded) {
        for (var i = 0; i < decoded.length; i++) {
            var ascii = decoded[i].chars().allMatch(each -> each < 0x80);
            if (ascii && !own.get(i).equals(Bytes.utf8(decoded[i]))) {
                return false;
            }
        }
        return true;
    }

    private static List<Bytes> encoded(String... decoded) {
        return Arrays.stream(decoded).map(each -> Bytes.wrap(each.getBytes(StandardCharsets.UTF_8))).toList();
    }
}
