package dev.ganger.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What tasks write is seen as it is written and afterwards: each byte once, in order, and nothing is said to be there that is not. */
final class OutputIT {
    private static final int EVERY_BYTE = 256;
    private static final int SMALL_TASKS = 2_000;
    private static final int MANY_TASKS = Integer.getInteger("ganger.tasks", 1_000);

    @Test
    void runGoesOnWhereItWasWhenTheCoordinatorIsKilledInMidOutput() {
        try (var site = Site.withAgent()) {
            var run = site.begin("run", "--", "sh", "-c", "for i in $(seq 100); do echo $i; sleep 0.04; done");
            Site.awaitThat("the middle is printed", () -> run.out().lines().count() > 30);
            site.coordinator().kill();
            site.startCoordinator();
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out()).isEqualTo(numbers(1, 100));
        }
    }

    @Test
    void eachByteOfBothStreamsIsGivenToItsOwnDescriptorByRunAndLogs() {
        try (var site = Site.withAgent()) {
            var out = everyByte(false, 700);
            var err = everyByte(true, 3);
            var marks = List.of(site.file("out", out), site.file("err", err), site.file("go"));
            var script = "cat %1$s; cat %2$s >&2; until [ -e %3$s ]; do sleep 0.05; done; cat %1$s; cat %2$s >&2"
                    .formatted(marks.toArray());
            var run = site.begin("run", "--", "sh", "-c", script);
            Site.awaitThat("the first half is printed live",
                    () -> run.outBytes().length == out.length && run.errBytes().length == err.length);
            var follow = site.begin("logs", "-f", "1");
            Site.awaitThat("who comes later has it too",
                    () -> follow.outBytes().length == out.length && follow.errBytes().length == err.length);
            site.file("go", new byte[0]);
            assertThat(run.exitCode()).isZero();
            assertThat(follow.exitCode()).isZero();
            for (var call : List.of(run, follow, site.ganger("logs", "1"))) {
                assertThat(call.outBytes()).isEqualTo(twice(out));
                assertThat(call.errBytes()).isEqualTo(twice(err));
            }
            assertThat(site.ganger("logs", "1", "--stderr").outBytes()).as("of the other stream").isEmpty();
        }
    }

    @Test
    void noLineIsMixedWithAnotherTasksWhenLinesAreMarked() {
        try (var site = new Site()) {
            site.startCoordinator();
            site.startAgent("one", "--slots", "4");
            var script = "l=$(printf %05000d 0); for n in $(seq 30); do printf \"s$n \"; [ $((n % 10)) != 0 ] || sleep 0.1; "
                    + "echo e$n; echo \"$l$n\"; done";
            var job = site.said("submit", "--array", "1-4", "--", "sh", "-c", script);
            var follow = site.begin("logs", "-f", "--prefix", job);
            assertThat(site.ganger("wait", job).exitCode()).isZero();
            assertThat(follow.exitCode()).as(follow.err()).isZero();
            var lines = IntStream.rangeClosed(1, 30).boxed()
                    .flatMap(n -> List.of("s" + n + " e" + n, "0".repeat(5000) + n).stream()).toList();
            for (var call : List.of(follow, site.ganger("logs", "--prefix", job))) {
                var byTask = call.out().lines().collect(Collectors.groupingBy(line -> line.substring(0, line.indexOf(':'))));
                assertThat(byTask.keySet()).containsExactlyInAnyOrder("1.1", "1.2", "1.3", "1.4");
                byTask.forEach((task, printed) -> assertThat(printed)
                        .containsExactlyElementsOf(lines.stream().map(line -> task + ": " + line).toList()));
            }
        }
    }

    @Test
    void ofWhatIsLongerThanTheLimitHeadAndTailAreKeptAndTheRestIsSaidToBeMissing() {
        try (var site = Site.withAgent()) {
            for (var last : new int[]{2_000, 200_000}) {
                var written = numbers(1, last);
                var job = site.said("submit", "--wait", "--output-limit", "1000", "--", "seq", Integer.toString(last));
                var logs = site.ganger("logs", job);
                assertThat(logs.out()).isEqualTo(written.substring(0, 500) + written.substring(written.length() - 500));
                assertThat(logs.err()).contains("task " + job + ".1", "standard output", "not kept", "between offsets 500 and "
                        + (written.length() - 500));
                var result = site.said("results", job, "-o", "json");
                assertThat(Site.values("bytes", result).getFirst()).isEqualTo(Integer.toString(written.length()));
                assertThat(Site.values("dropped", result).getFirst()).isEqualTo(Integer.toString(written.length() - 1000));
            }
        }
    }

    @Test
    void manyTasksThatWriteLittleMakeAHandfulOfFiles() {
        try (var site = new Site()) {
            site.startCoordinator();
            site.startAgent("one", "--slots", "8");
            var job = site.said("submit", "--array", "1-" + SMALL_TASKS, "--", "printf", "%0100d", "{}");
            awaitSuccess(site, job, SMALL_TASKS);
            assertThat(site.ganger("logs", job).out()).isEqualTo(IntStream.rangeClosed(1, SMALL_TASKS)
                    .mapToObj("%0100d"::formatted).collect(Collectors.joining()));
            try (var files = Files.list(site.file("coordinator").resolve("output"))) {
                assertThat(files.toList()).as("files of %d tasks", SMALL_TASKS).hasSizeLessThan(10);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void logsOfAJobOfManyTasksGivesEachOnceInOrder() {
        try (var site = new Site()) {
            site.startCoordinator();
            site.startAgent("one", "--slots", "8");
            var job = site.said("submit", "--array", "1-" + MANY_TASKS, "--", "echo", "{}");
            awaitSuccess(site, job, MANY_TASKS);
            assertThat(site.said("logs", job).lines())
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, MANY_TASKS).mapToObj(Integer::toString).toList());
        }
    }

    /** As long as tasks go on to end. */
    private static void awaitSuccess(Site site, String job, int tasks) {
        var wait = site.begin("wait", job);
        for (var share = 1; share <= 10; share++) {
            var some = tasks * share / 10;
            Site.awaitThat(some + " tasks are done", () -> !wait.isAlive() || Integer.parseInt(
                    Site.values("position", site.said("status", "-o", "json")).getFirst()) >= some);
        }
        assertThat(wait.exitCode()).as(wait.err()).isZero();
    }

    private static String numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(number -> number + "\n").collect(Collectors.joining());
    }

    private static byte[] everyByte(boolean downwards, int times) {
        var bytes = new byte[EVERY_BYTE * times];
        for (var at = 0; at < bytes.length; at++) {
            bytes[at] = (byte) (downwards ? -at : at);
        }
        return bytes;
    }

    private static byte[] twice(byte[] bytes) {
        var both = Arrays.copyOf(bytes, 2 * bytes.length);
        System.arraycopy(bytes, 0, both, bytes.length, bytes.length);
        return both;
    }
}
