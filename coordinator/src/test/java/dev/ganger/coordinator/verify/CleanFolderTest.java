package dev.ganger.coordinator.verify;

import dev.ganger.model.AttemptId;
import dev.ganger.model.Ending;
import dev.ganger.model.StreamName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.ganger.coordinator.verify.DataFolder.agent;
import static dev.ganger.coordinator.verify.DataFolder.text;
import static org.assertj.core.api.Assertions.assertThat;

/** What a coordinator keeps is clean, whatever happened to it. */
final class CleanFolderTest {
    private final DataFolder data;

    CleanFolderTest(@TempDir Path folder) {
        data = new DataFolder(folder.resolve("data"));
    }

    @AfterEach
    void close() {
        data.close();
    }

    private void assertClean() {
        assertThat(data.verify().faults()).isEmpty();
    }

    @Test
    void aFolderInWhichNothingHappenedIsClean() {
        assertClean();
        data.close();
        assertClean();
    }

    @Test
    void attemptsAreExplainedWhateverBecameOfThem() {
        wildHistory();

        var verdict = data.verify();

        assertThat(verdict.faults()).isEmpty();
        assertThat(verdict.counts().extra()).isEqualTo(new Verdict.Extra(2, 1, 3, 4, 0));
        assertThat(verdict.counts().results()).isEqualTo(10);
        assertThat(verdict.counts().unfinished()).isEqualTo(1);
    }

    @Test
    void theyAreWhenTheJournalIsGoneBehindASnapshot() {
        wildHistory();
        data.snapshot();

        var verdict = data.verify();

        assertThat(verdict.faults()).isEmpty();
        assertThat(verdict.counts().extra()).isEqualTo(new Verdict.Extra(2, 1, 3, 4, 0));
    }

    @Test
    void theyAreWhenEachHalfOfItIsOnOneSideOfASnapshot() {
        var job = data.submit(DataFolder.retrying(2), 1, "");
        data.attach(agent(1), 1);
        data.giveBack(agent(1), new AttemptId(job, 1, 1));
        data.attach(agent(1), 1);
        data.end(agent(1), new AttemptId(job, 1, 2), new Ending.Exited(1));
        data.snapshot();
        assertClean();
        data.attach(agent(1), 1);
        data.giveBack(agent(1), new AttemptId(job, 1, 3));
        data.snapshot();
        data.attach(agent(1), 1);
        data.succeedInline(agent(1), new AttemptId(job, 1, 4), "done");

        assertClean();
        assertThat(data.verify().counts().extra()).isEqualTo(new Verdict.Extra(0, 1, 2, 0, 0));
    }

    /** Lost, returned, retried, cancelled, late, a second and a third round, and one that still runs. */
    private void wildHistory() {
        var job = data.submit(DataFolder.retrying(1), 4, "nightly");
        var first = agent(1);
        data.attach(first, 4);
        data.succeed(first, new AttemptId(job, 1, 1), text(100_000, 1));
        data.end(first, new AttemptId(job, 2, 1), new Ending.Exited(7));
        data.giveBack(first, new AttemptId(job, 3, 1));
        // The fourth is silent for too long.
        data.pass(Duration.ofMinutes(2));
        var second = agent(2);
        data.attach(second, 3);
        data.end(second, new AttemptId(job, 2, 2), new Ending.Exited(8));
        data.succeedInline(second, new AttemptId(job, 3, 2), "hello");
        data.succeed(second, new AttemptId(job, 4, 2), text(200_000, 2));
        data.end(first, new AttemptId(job, 4, 1), new Ending.Exited(0));
        // A round that is cancelled in part before anything, and in part after an attempt was given back.
        data.retry(job);
        data.attach(second, 1);
        data.giveBack(second, new AttemptId(job, 1, 2));
        data.attach(second, 0);
        data.cancel(job);
        // One that an agent has is asked to end, and gives back.
        var other = data.submit(2);
        data.attach(second, 2);
        data.cancel(other);
        data.giveBack(second, new AttemptId(other, 1, 1));
        data.pass(Duration.ofMinutes(2));
        data.submit(1);
        data.attach(agent(3), 1);
    }

    @Test
    void whatWasForgottenIsNotMissed() {
        var jobs = new long[5];
        for (var each = 0; each < jobs.length; each++) {
            jobs[each] = data.submitEach("a", "bb", "ccc");
        }
        data.attach(agent(1), 15);
        for (var index = 1; index <= 3; index++) {
            for (var job : jobs) {
                data.succeed(agent(1), new AttemptId(job, index, 1), text(70_000, index));
            }
        }
        data.moveCursor("reader", 16);
        data.forget(jobs[0]);
        data.forget(jobs[2]);
        assertClean();
        data.settle();
        assertClean();
        data.snapshot();
        assertClean();
        data.forget(jobs[4]);
        data.close();
        assertClean();
    }

    @Test
    void whatALimitDroppedIsNotMissed() {
        var job = data.submit(DataFolder.keeping(100_000), 2, "");
        data.attach(agent(1), 2);
        data.succeedLimited(agent(1), new AttemptId(job, 1, 1), text(1_000_000, 1), 100_000);
        data.succeed(agent(1), new AttemptId(job, 2, 1), text(90_000, 2));

        assertThat(data.verify().counts().outputBytes()).isEqualTo(190_000);
        assertClean();
    }

    @Test
    void whatIsNotOfAResultIsTold() {
        var job = data.submit(1);
        data.attach(agent(1), 1);
        data.write(new AttemptId(job, 1, 1), StreamName.STDERR, Long.MAX_VALUE, 0, text(70_000, 1));

        assertThat(data.verify().notes())
                .containsExactly("kept, and not of attempts that decided a task: 1 streams with 70000 bytes");
        assertClean();
    }

    /** The same bytes, and no file more: neither while a coordinator runs, nor after it ended, nor as a kill leaves it. */
    @Test
    void nothingIsWritten(@TempDir Path elsewhere) throws IOException {
        wildHistory();
        var killed = elsewhere.resolve("killed");
        copy(data.path(), killed);
        assertUntouched(killed);
        Files.delete(killed.resolve("coordinator.db-shm"));
        assertUntouched(killed);
        data.close();
        assertUntouched(data.path());
    }

    private static void assertUntouched(Path folder) throws IOException {
        var before = content(folder);
        assertThat(Verification.of(folder, _ -> {}).faults()).isEmpty();
        assertThat(content(folder)).isEqualTo(before);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static Map<String, Integer> content(Path folder) throws IOException {
        var content = new HashMap<String, Integer>();
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                content.put(file.toString(), java.util.Arrays.hashCode(Files.readAllBytes(file)));
            }
        }
        return content;
    }
}
