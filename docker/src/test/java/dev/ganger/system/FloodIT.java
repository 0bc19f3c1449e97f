package dev.ganger.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Two hundred tasks that write as fast as they can, through small heaps and over links that drop at random. */
final class FloodIT {
    private static final int TASKS = 200;
    private static final int SLOTS = 50;
    private static final int LINES = 1_000_000;
    private static final int LIMIT = 2 << 20;
    private static final String LEASE = "20s";
    private static final String SMALL_HEAP = "-Xmx256m";

    private final SplittableRandom random = FaultTable.random();

    @BeforeAll
    static void needed() {
        Lan.assumeItWorks();
    }

    /** As `seq` prints it. */
    private static final class Written {
        private final byte[] bytes;

        Written() {
            var text = new StringBuilder();
            for (var number = 1; number <= LINES; number++) {
                text.append(number).append('\n');
            }
            bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
        }

        byte[] kept() {
            var kept = new byte[LIMIT];
            System.arraycopy(bytes, 0, kept, 0, LIMIT / 2);
            System.arraycopy(bytes, bytes.length - LIMIT / 2, kept, LIMIT / 2, LIMIT / 2);
            return kept;
        }
    }

    @Test
    void aFloodIsKeptToTheByteInSmallHeapsWhileLinksDrop() {
        try (var lan = new Lan(); var site = new Site(lan.coordinator())) {
            site.startCoordinator(lan.coordinator().withJava(SMALL_HEAP), "--lease", LEASE);
            var cables = List.of(lan.machine(), lan.machine());
            var agents = new ArrayList<Program>();
            for (var cable : cables) {
                agents.add(site.startAgent(cable.place().withJava(SMALL_HEAP), "agent-" + agents.size(), "--slots",
                        Integer.toString(SLOTS), "--join", site.said("token", "create", "agent", "-o", "quiet")));
            }
            var ledger = new Ledger(site.file("ledger"));
            var job = site.said("submit", "--array", "1-" + TASKS, "--output-limit", Integer.toString(LIMIT), "--", "sh", "-c",
                    "echo $GANGER_INDEX $GANGER_ATTEMPT $GANGER_AGENT >> %s; exec seq %d".formatted(ledger.file(), LINES));
            var wait = site.begin("wait", job, "--reconnect", "10m");
            var drops = 0;
            while (wait.isAlive()) {
                var cable = cables.get(random.nextInt(cables.size()));
                pause();
                if (random.nextBoolean()) {
                    cable.cut();
                } else {
                    cable.reset();
                }
                pause();
                cable.mend();
                drops++;
            }
            assertThat(wait.exitCode()).as(wait.err()).isZero();
            for (var program : agents) {
                assertThat(program.isAlive()).as(program.err()).isTrue();
            }
            assertThat(site.coordinator().isAlive()).as(site.coordinator().err()).isTrue();
            assertThat(ledger.assertRepeatsOnlyAfterKills(assertComplete(site, job))).as("tasks that were started twice")
                    .isZero();
            site.assertAccountedFor();
            FaultTable.row("%d tasks of %d MB at full speed, heaps of 256 MB, links dropped %d times".formatted(TASKS,
                    new Written().bytes.length >> 20, drops), 1, TASKS, 0, Duration.ZERO);
        }
    }

    /** Gives the attempt of each task that is recorded: one that was lost on its way to the agent has burnt a number. */
    private static Map<Integer, Integer> assertComplete(Site site, String job) {
        var written = new Written();
        var all = Content.of(written.bytes);
        var attempts = new HashMap<Integer, Integer>();
        for (var line : site.said("results", job, "-o", "json").lines().toList()) {
            var earlier = attempts.put(Integer.valueOf(Site.values("index", line).getFirst()),
                    Integer.valueOf(Site.values("attempt", line).getFirst()));
            assertThat(earlier).as("an earlier result: %s", line).isNull();
            assertThat(Site.values("bytes", line).getFirst()).isEqualTo(Long.toString(all.bytes()));
            assertThat(Site.values("sha256", line).getFirst()).isEqualTo(all.sha256());
            assertThat(Site.values("dropped", line).getFirst()).isEqualTo(Long.toString(all.bytes() - LIMIT));
        }
        assertThat(attempts).hasSize(TASKS);
        assertKept(site.ganger("logs", job, "--stdout"), written.kept());
        return attempts;
    }

    /** Of each task in turn. */
    private static void assertKept(Program logs, byte[] kept) {
        var expected = Content.of(kept);
        try (var copy = Files.newInputStream(logs.outFile())) {
            for (var task = 0; task < TASKS; task++) {
                assertThat(Content.of(copy.readNBytes(kept.length))).as("what is kept of task %d", task + 1).isEqualTo(expected);
            }
            assertThat(copy.read()).as("after the last byte").isEqualTo(-1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Draws a moment: nothing is waited for. */
    private void pause() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(50, 1_200)));
    }
}
