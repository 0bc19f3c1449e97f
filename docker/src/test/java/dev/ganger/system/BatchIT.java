package dev.ganger.system;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Many tasks at once: each line is done, each failure is counted, every agent has its share. */
final class BatchIT {
    private static final int LINES = 1000;
    private static final int MILLION = 1_000_000;

    @Test
    void eachLineIsATaskAndEachFailureIsCounted() {
        try (var site = new Site()) {
            site.startCoordinator();
            site.startAgent("east", "--slots", "2");
            site.startAgent("west", "--slots", "2");
            var submit = site.beginWithInput(site.file("seq", lines(LINES)), "submit", "--each-line", "-", "--wait", "--", "sh",
                    "-c",
                    "exit $((GANGER_ENTRY % 50 == 0))");
            assertThat(submit.exitCode()).as(submit.err()).isOne();
            assertThat(submit.out().strip()).isEqualTo("1");

            var job = site.said("show", "1", "-o", "json");
            assertThat(Site.values("succeeded", job)).containsExactly("980");
            assertThat(Site.values("failed", job)).containsExactly("20");
            var results = site.said("results", "1", "-o", "json");
            assertThat(Site.values("task", results)).doesNotHaveDuplicates().hasSize(LINES);
            var failed = results.lines().filter(line -> line.contains("\"failed\"")).collect(Collectors.joining("\n"));
            assertThat(Site.values("index", failed)).allSatisfy(index -> assertThat(Integer.parseInt(index) % 50).isZero())
                    .hasSize(20);
            assertThat(Site.values("agent", results)).as("different machines share the work").contains("east", "west");
        }
    }

    @Test
    void aMillionTasksAreAcceptedStartAndAreCancelledAtOnce() {
        try (var site = Site.withAgent()) {
            var ledger = site.file("ledger");
            var job = site.said("submit", "--array", "1-" + MILLION, "--", "sh", "-c",
                    "echo {} >> " + ledger + "; exec sleep 600");
            Site.awaitThat("the first tasks run", () -> site.lines(ledger).size() == 2);
            assertThat(site.lines(ledger)).as("in order").containsExactlyInAnyOrder("1", "2");
            assertThat(Site.values("length", site.said("status", "-o", "json")).getFirst()).isEqualTo("999998");

            site.said("cancel", job);
            site.awaitNoProcess("sleep");
            assertThat(site.ganger("wait", job).exitCode()).isOne();
            assertAllCancelled(site, job);

            site.coordinator().kill();
            site.startCoordinator();
            assertAllCancelled(site, job);
            assertThat(site.ganger("run", "true").exitCode()).as("and the next job runs").isZero();
            assertThat(site.lines(ledger)).as("no other task had begun").hasSize(2);
        }
    }

    private static void assertAllCancelled(Site site, String job) {
        assertThat(Site.values("cancelled", site.said("show", job, "-o", "json"))).containsExactly(Integer.toString(MILLION));
        assertThat(Site.values("length", site.said("status", "-o", "json"))).isEqualTo(List.of("0", Integer.toString(MILLION)));
    }

    private static byte[] lines(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(Integer::toString).collect(Collectors.joining("\n", "", "\n"))
                .getBytes(StandardCharsets.US_ASCII);
    }
}
