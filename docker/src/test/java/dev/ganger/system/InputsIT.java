package dev.ganger.system;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a user gives to a job arrives at its tasks as it is, whatever its size; and a submit that breaks off leaves nothing. */
final class InputsIT {
    private static final int INPUT_BYTES = 1 << 20;
    /** So much is on the coordinator's disk that the submit is in the middle. */
    private static final long SOME_BYTES = 3 << 20;
    private static final int MANY_LINES = 400_000;
    private static final int LINES = Integer.getInteger("ganger.lines", 20_000);

    @Test
    void fieldsOfJsonArriveAsArguments() {
        try (var site = Site.withAgent()) {
            var hosts = site.file("hosts.json",
                    "[{\"host\": \"h1\", \"more\": {\"port\" : [1, 2]}},\n {\"more\":1.50,\"host\":\"hö \\\"2\\\"\"}]"
                            .getBytes(StandardCharsets.UTF_8));
            var job = site.said("submit", "--wait", "--from-json", hosts.toString(), "printf", "%s|", "{.host}", "{.more}",
                    "{#}");
            assertThat(site.said("logs", job)).isEqualTo("h1|{\"port\":[1,2]}|1|hö \"2\"|1.50|2|");

            var mixed = site.file("mixed.json", "\"h1\" {\"host\": 2} null".getBytes(StandardCharsets.UTF_8));
            var whole = site.said("submit", "--wait", "--from-json", mixed.toString(), "--", "sh", "-c",
                    "echo \"$GANGER_ENTRY\" $1", "sh", "{}");
            assertThat(site.said("logs", whole)).isEqualTo("h1 h1\n{\"host\":2} {\"host\":2}\nnull null");
        }
    }

    @Test
    void aFieldThatIsNotThereIsSaidAndNothingIsSubmitted() {
        try (var site = Site.withAgent()) {
            var hosts = site.file("hosts.json", "{\"host\":\"h1\"}\n{\"name\":\"h2\"}\n".getBytes(StandardCharsets.UTF_8));
            var call = site.ganger("submit", "--from-json", hosts.toString(), "echo", "{.host}");
            assertThat(call.exitCode()).isEqualTo(2);
            assertThat(call.err()).isEqualTo(
                    "ganger: entry 2 of '" + hosts + "' (line 2, column 1) has no field 'host'; nothing was submitted\n");
            assertThat(site.said("jobs", "-o", "quiet")).isEmpty();
        }
    }

    @Test
    void theLargestInputIsReadOrNotReadOrClosed() {
        try (var site = Site.withAgent()) {
            var content = new byte[INPUT_BYTES];
            for (var at = 0; at < content.length; at++) {
                content[at] = (byte) (at * 31 + at / 251);
            }
            var input = site.file("input", content).toString();
            assertThat(site.ganger("run", "--stdin", input, "cat").outBytes()).isEqualTo(content);
            assertThat(site.beginWithInput(Path.of(input), "run", "--stdin", "-", "cat").finished().outBytes())
                    .isEqualTo(content);
            assertThat(site.ganger("run", "--stdin", input, "true").exitCode()).as("does not read").isZero();
            assertThat(site.ganger("run", "--stdin", input, "--", "sh", "-c", "exec 0<&-; exit 3").exitCode()).as("closes")
                    .isEqualTo(3);
            assertThat(site.ganger("run", "--stdin", input, "--array", "1-8", "--", "sh", "-c", "wc -c").out().lines())
                    .as("each its own").hasSize(8).containsOnly(Integer.toString(INPUT_BYTES));
            assertThat(site.ganger("run", "cat").outBytes()).as("by default there is none").isEmpty();
        }
    }

    @Test
    void aShellTakesEachValueAsOneWord() {
        try (var site = Site.withAgent()) {
            var odd = "a 'b' \"c\" $(d) `e` \\ * ;&|<>\n-x\n\n";
            var lines = site.file("lines", odd.getBytes(StandardCharsets.UTF_8));
            var job = site.said("submit", "--wait", "--each-line", lines.toString(), "--shell", "printf '[%s]\\n'", "{}",
                    "| cat");
            assertThat(site.said("logs", job)).isEqualTo("[a 'b' \"c\" $(d) `e` \\ * ;&|<>]\n[-x]\n[]");
        }
    }

    @Test
    void bytesInNoEncodingArriveAsTheyAreInAnyLocale() {
        try (var site = Site.withAgent()) {
            var script = """
                    set -e; cd %s; n=$(printf 'a\\377\\303\\244'); mkdir "$n"; printf 'content' > "$n/$n"
                    printf 'A=%%s\\n' "$n" > "$n/env"; printf '%%s/%%s/%%s\\0' "$PWD" "$n" "$n" > "$n/list"
                    $ganger run --each-line "$n/list" -0 cat {}
                    $ganger run --stdin "$n/$n" --env-file "$n/env" --cwd "$PWD/$n" --env "B=$n" -- sh -c 'cat; pwd; echo "$A$B$1"' sh "$n"
                    """
                    .formatted(site.folder());
            var expected = new StringBuilder("content" + "content");
            var name = "a\u00ff\u00c3\u00a4";
            expected.append(site.folder()).append('/').append(name).append('\n').append(name.repeat(3)).append('\n');
            for (var locale : new String[]{"C", "C.UTF-8"}) {
                var call = site.shell("LC_ALL=" + locale + "; export LC_ALL; " + script + "rm -r " + site.folder() + "/a*",
                        Map.of());
                assertThat(call.exitCode()).as(call.err()).isZero();
                assertThat(new String(call.outBytes(), StandardCharsets.ISO_8859_1)).as(locale).isEqualTo(expected.toString());
            }
        }
    }

    @Test
    void manyLinesAreStreamed() {
        try (var site = new Site()) {
            site.startCoordinator();
            var lines = site.file("lines", lines(LINES));
            var submit = site.shell("exec $ganger submit --each-line %s echo {}".formatted(lines),
                    Map.of("GANGER_COORDINATOR", site.address(), "JDK_JAVA_OPTIONS", "-Xmx32m"));
            assertThat(submit.out()).as(submit.err()).isEqualTo("1\n");
            assertThat(Site.values("total", site.said("show", "1", "-o", "json")).getFirst()).isEqualTo(Integer.toString(LINES));
            assertThat(Site.values("entry", site.said("show", "1." + LINES, "-o", "json"))).containsExactly(line(LINES));
        }
    }

    @Test
    void aSubmitThatIsKilledLeavesNothing() throws IOException {
        try (var site = new Site()) {
            site.startCoordinator();
            var pipe = pipe(site);
            var submit = site.begin("submit", "--each-line", pipe.toString(), "true");
            try (var lines = Files.newOutputStream(pipe)) {
                writeUntilSomeArrived(site, lines);
                submit.kill();
            } catch (IOException _) {
                assertThat(submit.isAlive()).isFalse();
            }
            assertThat(site.said("jobs", "-o", "quiet")).isEmpty();
            assertThat(site.said("submit", "true")).isEqualTo("1");
        }
    }

    @Test
    void aFileIsSentAgainWhenTheCoordinatorIsKilledInTheMiddle() {
        try (var site = new Site()) {
            site.startCoordinator();
            var lines = site.file("lines", lines(MANY_LINES));
            var submit = site.begin("submit", "--each-line", lines.toString(), "true");
            Site.awaitThat("some of it has arrived", () -> bytes(site.file("coordinator")) > SOME_BYTES || !submit.isAlive());
            site.coordinator().kill();
            site.startCoordinator();
            assertThat(submit.exitCode()).as(submit.err()).isZero();
            assertThat(site.said("jobs", "-o", "quiet")).isEqualTo(submit.out().strip());
            assertThat(Site.values("total", site.said("show", "last", "-o", "json")).getFirst())
                    .isEqualTo(Integer.toString(MANY_LINES));
        }
    }

    @Test
    void whatCannotBeReadAgainIsNotQueuedWhenTheCoordinatorIsKilledInTheMiddle() throws IOException {
        try (var site = new Site()) {
            site.startCoordinator();
            var pipe = pipe(site);
            var submit = site.begin("submit", "--each-line", pipe.toString(), "true");
            try (var lines = Files.newOutputStream(pipe)) {
                writeUntilSomeArrived(site, lines);
                site.coordinator().kill();
                lines.write(lines(MANY_LINES));
            } catch (IOException _) {
                assertThat(submit.finished().isAlive()).isFalse();
            }
            assertThat(submit.exitCode()).as(submit.err()).isEqualTo(4);
            assertThat(submit.err()).contains("lost the coordinator at").endsWith("; nothing was queued\n").hasLineCount(1);
            site.startCoordinator();
            assertThat(site.said("jobs", "-o", "quiet")).isEmpty();
        }
    }

    private static Path pipe(Site site) {
        assertThat(site.shell("mkfifo " + site.file("pipe"), Map.of()).exitCode()).isZero();
        return site.file("pipe");
    }

    private static void writeUntilSomeArrived(Site site, OutputStream lines) throws IOException {
        var some = lines(1000);
        while (bytes(site.file("coordinator")) < SOME_BYTES) {
            lines.write(some);
        }
    }

    private static long bytes(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] lines(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(number -> line(number) + "\n").collect(Collectors.joining())
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String line(int number) {
        return "line %d %s".formatted(number, "x".repeat(90));
    }
}
