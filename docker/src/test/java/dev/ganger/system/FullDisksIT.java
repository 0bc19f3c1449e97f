package dev.ganger.system;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Disks that fill up and are emptied again, under load: what was accepted is done once, and all goes on by itself. */
final class FullDisksIT {
    private static final int ROUNDS = 3;
    private static final int NEARLY_FULL = 6;
    private static final String SMALL = "seq 20000";

    @Test
    void theCoordinatorsDisk() {
        rounds("coordinator");
    }

    @Test
    void theDiskOfItsOutputAlone() throws IOException {
        rounds("coordinator/output");
    }

    private static void rounds(String full) {
        try (var site = new Site(); var disk = mount(site, full)) {
            site.startCoordinator();
            site.startAgent("one", "--slots", "2");
            var accepted = new ArrayList<String>();
            for (var round = 0; round < ROUNDS; round++) {
                submit(site, accepted, 3);
                disk.fillButFor(2);
                Site.awaitThat("no work is taken", () -> site.ganger("submit", "true").exitCode() == NEARLY_FULL);
                assertThat(site.ganger("submit", "true").err()).contains("the coordinator's disk is nearly full", "make room");
                assertThat(site.coordinator().isAlive()).isTrue();
                disk.makeRoom();
                Site.awaitThat("work is taken", () -> site.ganger("submit", "true").exitCode() == 0);
                submit(site, accepted, 3);
            }
            assertAllDoneOnce(site, accepted);
        }
    }

    private static SmallDisk mount(Site site, String name) {
        if (name.contains("/")) {
            try {
                Files.createDirectory(site.file(name).getParent(), java.nio.file.attribute.PosixFilePermissions
                        .asFileAttribute(java.nio.file.attribute.PosixFilePermissions.fromString("rwx------")));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
        return SmallDisk.mount(site, name, 64);
    }

    private static void submit(Site site, List<String> accepted, int jobs) {
        for (var job = 0; job < jobs; job++) {
            accepted.add(site.said("submit", "--array", "1-4", "--", "sh", "-c", SMALL));
        }
    }

    private static void assertAllDoneOnce(Site site, List<String> accepted) {
        var expected = IntStream.rangeClosed(1, 20_000).mapToObj(Integer::toString).toList();
        for (var job : accepted) {
            assertThat(site.ganger("wait", job).exitCode()).isZero();
            var results = site.said("results", job, "-o", "json");
            assertThat(Site.values("task", results)).as("results of job %s", job).hasSize(4).doesNotHaveDuplicates();
            assertThat(site.said("logs", job + ".4").lines()).containsExactlyElementsOf(expected);
        }
        assertThat(new HashSet<>(accepted)).hasSameSizeAs(accepted);
    }

    @Test
    void theAgentsDisk() {
        try (var site = new Site(); var disk = SmallDisk.mount(site, "one", 64)) {
            site.startCoordinator();
            var agent = site.startAgent("one", "--slots", "2");
            try {
                var accepted = new ArrayList<String>();
                for (var round = 0; round < ROUNDS; round++) {
                    submit(site, accepted, 2);
                    disk.fillButFor(1);
                    var low = round + 1;
                    Site.awaitThat("it takes no more", () -> occurrences(agent.err(), "no task is taken until") == low);
                    submit(site, accepted, 2);
                    disk.makeRoom();
                    Site.awaitThat("it takes more", () -> occurrences(agent.err(), "tasks are taken again") == low);
                }
                assertAllDoneOnce(site, accepted);
            } finally {
                agent.end();
            }
        }
    }

    private static int occurrences(String text, String what) {
        return text.split(what, -1).length - 1;
    }
}
