package dev.ganger.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Where room for output ends, work waits or is refused and nothing is lost; what is forgotten gives its room back. */
final class OutputRoomIT {
    private static final int MB = 1 << 20;

    @Test
    void aTaskWaitsInItsWritesWhileTheSpoolIsFullAndThenAllArrives() {
        try (var site = new Site()) {
            site.startCoordinator();
            site.startAgent("one", "--slots", "1", "--spool-limit", "1M");
            var bytes = random(20 * MB);
            var marks = new Object[]{site.file("started"), site.file("go"), site.file("big", bytes), site.file("written")};
            var job = site.said("submit", "--", "sh", "-c",
                    "touch %s; until [ -e %s ]; do sleep 0.05; done; cat %s; touch %s".formatted(marks));
            Site.awaitThat("the task runs", () -> Files.exists(site.file("started")));
            site.coordinator().kill();
            site.file("go", new byte[0]);
            var spool = site.file("one").resolve("spool");
            Site.awaitThat("the spool is full", () -> size(spool) > MB / 2);
            await("the task waits").atMost(Site.PATIENCE).during(Duration.ofSeconds(2)).failFast("the spool keeps its bound",
                    () -> size(spool) > 3 * MB).until(() -> !Files.exists(site.file("written")));

            site.startCoordinator();
            assertThat(site.ganger("wait", job).exitCode()).isZero();
            var result = site.said("results", job, "-o", "json");
            assertThat(Site.values("attempt", result)).containsExactly("1");
            assertThat(Site.values("bytes", result).getFirst()).isEqualTo(Integer.toString(bytes.length));
            assertThat(Site.values("sha256", result).getFirst()).isEqualTo(Content.of(bytes).sha256());
            assertThat(Content.of(site.ganger("logs", job).outBytes())).isEqualTo(Content.of(bytes));
            Site.awaitThat("what is stored leaves the spool", () -> size(spool) < MB);
        }
    }

    @Test
    void forgottenJobsAreGoneAndGiveTheirRoomBack() {
        try (var site = Site.withAgent()) {
            var kept = site.said("submit", "--wait", "--", "sh", "-c", "seq 100000");
            var job = site.said("submit", "--wait", "--", "head", "-c", "150M", "/dev/zero");
            var output = site.file("coordinator").resolve("output");
            assertThat(size(output)).isGreaterThan(150 * MB);
            assertThat(site.ganger("forget", job).exitCode()).isZero();
            for (var verb : new String[]{"show", "logs", "results", "wait"}) {
                assertThat(site.ganger(verb, job).exitCode()).as(verb).isEqualTo(3);
            }
            Site.awaitThat("segments are removed", () -> size(output) < 70 * MB);
            assertThat(site.said("logs", kept).lines()).as("of another job").hasSize(100_000);
        }
    }

    @Test
    void jobsAreForgottenWhenTheyHaveBeenKeptLongEnough() {
        try (var site = Site.withAgent("--retain", "2s")) {
            var job = site.said("submit", "--wait", "--", "head", "-c", "150M", "/dev/zero");
            var output = site.file("coordinator").resolve("output");
            Site.awaitThat("the job is gone", () -> site.ganger("show", job).exitCode() == 3);
            assertThat(site.ganger("logs", job).exitCode()).isEqualTo(3);
            Site.awaitThat("segments are removed", () -> size(output) < 70 * MB);
        }
    }

    @Test
    void aCoordinatorWhoseDiskIsNearlyFullRefusesNewWorkAndLosesNone() {
        try (var site = new Site(); var disk = SmallDisk.mount(site, "coordinator", 64)) {
            site.startCoordinator();
            site.startAgent("one", "--slots", "1");
            var before = site.said("submit", "--wait", "--", "seq", "100000");
            var bytes = random(5 * MB);
            var marks = new Object[]{site.file("started"), site.file("go"), site.file("big", bytes), site.file("written")};
            var job = site.said("submit", "--", "sh", "-c",
                    "touch %s; until [ -e %s ]; do sleep 0.05; done; cat %s; touch %s".formatted(marks));
            Site.awaitThat("the task runs", () -> Files.exists(site.file("started")));
            disk.fillButFor(2);
            Site.awaitThat("no work is taken", () -> site.ganger("submit", "true").exitCode() != 0);
            var refused = site.ganger("submit", "true");
            assertThat(refused.err()).contains("the coordinator's disk is nearly full", "MB are free", "make room",
                    "ganger forget");
            assertThat(refused.exitCode()).isEqualTo(6);
            site.file("go", new byte[0]);
            Site.awaitThat("the task has written all", () -> Files.exists(site.file("written")));
            assertThat(site.said("logs", before).lines()).as("what was there").hasSize(100_000);
            assertThat(site.coordinator().isAlive()).isTrue();

            disk.makeRoom();
            Site.awaitThat("work is taken", () -> site.ganger("submit", "true").exitCode() == 0);
            assertThat(site.ganger("wait", job).exitCode()).isZero();
            assertThat(Site.values("attempt", site.said("results", job, "-o", "json"))).containsExactly("1");
            assertThat(Content.of(site.ganger("logs", job).outBytes())).isEqualTo(Content.of(bytes));
        }
    }

    private static byte[] random(int size) {
        var bytes = new byte[size];
        new SplittableRandom(size).nextBytes(bytes);
        return bytes;
    }

    /** Of all files below, some of which may go while they are counted. */
    private static long size(Path folder) {
        try (var files = Files.list(folder)) {
            return files.mapToLong(OutputRoomIT::sizeOf).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long sizeOf(Path file) {
        try {
            return Files.isDirectory(file) ? size(file) : Files.size(file);
        } catch (NoSuchFileException _) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
