package dev.ganger.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** The archive that is shipped, read by the machine's own tar. */
final class Archive {
    static final Path FILE = Path.of(System.getProperty("ganger.archive")).toAbsolutePath();
    private static final Pattern LINE = Pattern.compile("(\\S+) +(\\S+) +(\\d+) (\\S+ \\S+) (.*?)( -> .*)?");

    /** What tar says of one file: mode and owner as it prints them, its time, and its name below the one folder. */
    record Entry(String mode, String owner, long bytes, String time, String name) {
        boolean isFile() {
            return mode.startsWith("-");
        }
    }

    private Archive() {}

    static List<Entry> entries() {
        var entries = new ArrayList<Entry>();
        for (var line : run(List.of("tar", "--utc", "--full-time", "--numeric-owner", "-tvzf", FILE.toString())).lines()
                .toList()) {
            var found = LINE.matcher(line);
            assertThat(found.matches()).as(line).isTrue();
            entries.add(
                    new Entry(found.group(1), found.group(2), Long.parseLong(found.group(3)), found.group(4), found.group(5)));
        }
        return entries;
    }

    /** Unpacks it there; its one folder. */
    static Path unpack(Path folder) throws IOException {
        run(List.of("tar", "-C", folder.toString(), "-xzf", FILE.toString()));
        try (var inside = Files.list(folder)) {
            return inside.filter(each -> each.getFileName().toString().startsWith("ganger-")).findFirst().orElseThrow();
        }
    }

    private static String run(List<String> command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as("exit code of %s, which said %s", command, said).isZero();
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for " + command, e);
        }
    }
}
