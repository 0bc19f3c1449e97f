package dev.ganger.agent.output;

import dev.ganger.agent.core.Action;
import dev.ganger.model.AttemptId;
import dev.ganger.model.Limits;
import dev.ganger.model.StreamOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static dev.ganger.agent.output.Samples.FIRST;
import static dev.ganger.agent.output.Samples.SECOND;
import static dev.ganger.agent.output.Samples.direct;
import static dev.ganger.agent.output.Samples.noise;
import static dev.ganger.agent.output.Samples.over;
import static dev.ganger.agent.output.Samples.spec;
import static dev.ganger.agent.output.Samples.stderr;
import static dev.ganger.agent.output.Samples.stdout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** From tasks to a coordinator that cuts, forgets and delays. */
@Timeout(60)
final class UploadTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long LIMIT = 64 << 20;

    @TempDir
    private Path folder = Path.of("");
    private final Heard heard = new Heard();

    private Output open(FakeCoordinator coordinator) throws IOException {
        return Output.open(folder, LIMIT, coordinator.channel(), heard, heard::reading);
    }

    private static void end(Output output, AttemptId attempt, TaskOutput task) {
        output.record(List.of(over(attempt, task.stdoutAtEnd(true), task.stderrAtEnd(true))), List.of());
    }

    private void awaitStored(AttemptId... attempts) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(heard.stored()).contains(attempts));
    }

    private void assertSpoolIsFree() throws IOException {
        try (var files = Files.list(folder)) {
            assertThat(files.filter(each -> each.toString().endsWith(".segment"))).isEmpty();
        }
    }

    @Test
    void everythingArrivesAndFreesTheSpool() throws Exception {
        var bytes = noise(3_000_000, 1);
        try (var coordinator = new FakeCoordinator(1); var output = open(coordinator)) {
            var task = output.of(FIRST, spec(0, Limits.ALL_OUTPUT));
            task.stdout().accept(direct(bytes));
            task.stderr().accept(direct(new byte[]{1}));
            assertThat(heard.stored()).isEmpty();
            end(output, FIRST, task);
            awaitStored(FIRST);
            assertThat(coordinator.received(stdout(FIRST))).isEqualTo(bytes);
            assertThat(coordinator.wrongs()).isEmpty();
            assertSpoolIsFree();
        }
    }

    @Test
    void whatIsOldIsSeenWhileTheTaskRuns() throws Exception {
        try (var coordinator = new FakeCoordinator(1); var output = open(coordinator)) {
            var task = output.of(FIRST, spec(0, Limits.ALL_OUTPUT));
            task.stdout().accept(direct(new byte[]{1, 2, 3}));
            await().atMost(PATIENCE).until(() -> coordinator.received(stdout(FIRST)).length == 3);
            task.stdout().accept(direct(new byte[]{4}));
            await().atMost(PATIENCE).until(() -> coordinator.received(stdout(FIRST)).length == 4);
            assertThat(coordinator.calls()).isEqualTo(1);
            end(output, FIRST, task);
            awaitStored(FIRST);
        }
    }

    @Test
    void aTaskWithSmallOutputOpensNoCall() throws Exception {
        try (var coordinator = new FakeCoordinator(1); var output = open(coordinator)) {
            var task = output.of(FIRST, spec(0, Limits.ALL_OUTPUT));
            task.stdout().accept(direct(new byte[]{1}));
            end(output, FIRST, task);
            var live = output.of(SECOND, spec(1, Limits.ALL_OUTPUT));
            live.stdout().accept(direct(new byte[]{1}));
            output.record(List.of(over(SECOND, live.stdoutAtEnd(false), StreamOutput.NOTHING)), List.of());
            awaitStored(SECOND);
            assertThat(heard.stored()).containsExactly(SECOND);
            assertThat(coordinator.received(stdout(FIRST))).isEmpty();
            assertThat(coordinator.hasLast(stdout(SECOND))).isTrue();
        }
    }

    @Test
    void whatNobodyWantsCountsAsStored() throws Exception {
        try (var coordinator = new FakeCoordinator(1).unwanted(FIRST); var output = open(coordinator)) {
            var task = output.of(FIRST, spec(0, Limits.ALL_OUTPUT));
            task.stdout().accept(direct(noise(200_000, 1)));
            await().atMost(PATIENCE).until(() -> coordinator.received(stdout(FIRST)).length == 200_000);
            task.stdout().accept(direct(noise(200_000, 2)));
            end(output, FIRST, task);
            awaitStored(FIRST);
            assertSpoolIsFree();
        }
    }

    @Test
    void whatIsForgottenIsDropped() throws Exception {
        try (var coordinator = new FakeCoordinator(1); var output = open(coordinator)) {
            coordinator.stall(true);
            var task = output.of(FIRST, spec(0, Limits.ALL_OUTPUT));
            task.stdout().accept(direct(noise(2_000_000, 1)));
            end(output, FIRST, task);
            output.record(List.of(), List.of(FIRST));
            assertSpoolIsFree();
            assertThat(heard.stored()).isEmpty();
        }
    }

    @Test
    void aLaterLifeGoesOnAfterTheLastAnswer() throws Exception {
        var bytes = noise(5_000_000, 1);
        Action.Over kept;
        try (var coordinator = new FakeCoordinator(1).silent(1); var output = open(coordinator)) {
            var task = output.of(FIRST, spec(0, Limits.ALL_OUTPUT));
            task.stdout().accept(direct(bytes));
            kept = over(FIRST, task.stdoutAtEnd(true), task.stderrAtEnd(true));
            output.record(List.of(kept), List.of());
        }
        try (var coordinator = new FakeCoordinator(2); var output = open(coordinator)) {
            assertThat(output.takeKept()).containsExactly(kept);
            awaitStored(FIRST);
            assertThat(coordinator.received(stdout(FIRST))).isEqualTo(bytes);
            assertSpoolIsFree();
        }
        try (var coordinator = new FakeCoordinator(3); var output = open(coordinator)) {
            assertThat(output.takeKept()).containsExactly(kept);
            await().atMost(PATIENCE).until(() -> heard.stored().equals(List.of(FIRST, FIRST)));
            assertThat(coordinator.calls()).isZero();
        }
    }

    @RepeatedTest(6)
    void cutsAndLateAnswersLoseNothing(RepetitionInfo repetition) throws Exception {
        var seed = repetition.getCurrentRepetition();
        var random = new SplittableRandom(seed);
        try (var coordinator = new FakeCoordinator(seed).cutting(0.25).silent(0.5); var output = open(coordinator)) {
            var sent = new HashMap<AttemptId, byte[]>();
            for (var i = 1; i <= 20; i++) {
                var attempt = new AttemptId(1, i, 1);
                var bytes = noise(65_537 + random.nextInt(1_000_000), i);
                var task = output.of(attempt, spec(0, Limits.ALL_OUTPUT));
                write(task, bytes, random);
                end(output, attempt, task);
                sent.put(attempt, bytes);
            }
            await().atMost(PATIENCE).until(() -> {
                coordinator.answer();
                return heard.stored().size() >= sent.size();
            });
            assertAllArrived(coordinator, sent);
            assertThat(heard.stored()).doesNotHaveDuplicates();
            assertThat(coordinator.calls()).isGreaterThan(1);
            assertSpoolIsFree();
        }
    }

    private static void write(TaskOutput task, byte[] bytes, SplittableRandom random) {
        var all = direct(bytes);
        for (var at = 0; at < bytes.length;) {
            var size = Math.min(bytes.length - at, 1 + random.nextInt(random.nextInt(10) == 0 ? 65_536 : 500));
            task.stdout().accept(all.slice(at, size));
            task.stderr().accept(all.slice(at, size));
            at += size;
        }
    }

    private static void assertAllArrived(FakeCoordinator coordinator, Map<AttemptId, byte[]> sent) {
        assertThat(coordinator.wrongs()).isEmpty();
        sent.forEach((attempt, bytes) -> {
            assertThat(coordinator.received(stdout(attempt))).isEqualTo(bytes);
            assertThat(coordinator.received(stderr(attempt))).isEqualTo(bytes);
        });
    }
}
