package dev.ganger.coordinator.api;

import dev.ganger.coordinator.core.Settings;
import dev.ganger.coordinator.output.DiskRoom;
import dev.ganger.coordinator.output.OutputStore;
import dev.ganger.coordinator.security.Protection;
import dev.ganger.proto.v1.AttachRequest;
import dev.ganger.proto.v1.AttachResponse;
import dev.ganger.proto.v1.AttemptId;
import dev.ganger.proto.v1.Beat;
import dev.ganger.trust.Trust;
import dev.ganger.wire.Address;
import dev.ganger.wire.Channels;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Ten thousand leases of twenty agents end in one instant, on real sockets and on disk; whoever is alive hardly notices. */
final class ManyLeasesTest extends ServedCoordinator {
    private static final int AGENTS = 20;
    private static final int TASKS_OF_AGENT = 500;
    private static final int TASKS = AGENTS * TASKS_OF_AGENT;
    private static final Duration LEASE = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** The loop does nothing else for less than a beat, or agents that are alive would look silent. */
    private static final Duration LONGEST_STALL = Duration.ofSeconds(2);

    private @Nullable CoordinatorServer server;

    @Override
    Settings settings() {
        return new Settings(2L * TASKS, 64 << 20, LEASE, Duration.ofDays(30));
    }

    @Override
    ManagedChannel serve(OutputStore output, DiskRoom room, Settings settings) throws IOException {
        var fresh = new CoordinatorServer(loop, output, room, settings, Address.parse("localhost:0"), new Protection.None());
        server = fresh;
        return Channels.open(fresh.start(), new Trust.Nobody());
    }

    @Override
    void endServing() {
        Objects.requireNonNull(server).close();
    }

    /** One that holds tasks, and beats when it is told to. */
    private final class Holder {
        private final ScriptedAgent agent;
        private final List<AttemptId> held = new ArrayList<>();
        private long sequence = 1;
        private long processed;

        Holder(int number, int tasks) {
            agent = ScriptedAgent.attached(channel, "vm-" + number, ScriptedAgent.instance(number));
            agent.pull(0, tasks);
            while (held.size() < tasks) {
                var grant = agent.grant();
                held.addAll(ScriptedAgent.attempts(grant));
                processed = grant.getNumber();
            }
        }

        void beat() {
            agent.beat(++sequence, processed, held);
        }

        /** Beats, and waits for the answer; gives how long that took. */
        long answeredNanos() {
            var from = System.nanoTime();
            beat();
            agent.hear(response -> response.hasBeatAnswer() && response.getBeatAnswer().getSequence() == sequence);
            return System.nanoTime() - from;
        }
    }

    @Test
    void tenThousandLeasesThatEndInOneInstantAreQueuedAgainAndNothingElseWaits() throws InterruptedException {
        var own = client.submitted(ContractClient.array(ContractClient.spec("long"), 1));
        var alive = new Holder(100, 1);
        var longest = new AtomicLong();
        var pulse = Thread.ofPlatform().start(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                longest.accumulateAndGet(alive.answeredNanos(), Math::max);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        });
        var job = client.submitted(ContractClient.array(ContractClient.spec("lost"), TASKS));
        var holders = IntStream.rangeClosed(1, AGENTS).mapToObj(number -> new Holder(number, TASKS_OF_AGENT)).toList();
        assertThat(queued()).isZero();
        holders.forEach(Holder::beat);
        longest.set(0);
        var from = System.nanoTime();
        await("all are queued again").atMost(PATIENCE).until(() -> queued() == TASKS);
        var took = Duration.ofNanos(System.nanoTime() - from);
        assertThat(client.submitted(ContractClient.array(ContractClient.spec("another"), 1))).isGreaterThan(job);
        pulse.interrupt();
        pulse.join();

        System.out.printf("%d leases ended in one instant and were queued again after %d ms; a beat waited for at most %d ms%n",
                TASKS,
                took.toMillis(), TimeUnit.NANOSECONDS.toMillis(longest.get()));
        assertThat(took).as("from the last beat").isBetween(LEASE.minusMillis(100), LEASE.multipliedBy(2));
        assertThat(Duration.ofNanos(longest.get())).as("until the beat of one that is alive was answered")
                .isLessThan(LONGEST_STALL);
        alive.agent.reportExit(alive.held.getFirst(), 0, "");
        assertThat(client.results(own)).singleElement().satisfies(result -> assertThat(result.getAttempt()).isEqualTo(1));
        assertAllRunAgain(job);
        assertSupersededWhenTheyAreBack(holders.getFirst());
    }

    private void assertAllRunAgain(long job) {
        var other = new Holder(101, TASKS);
        assertThat(other.held).filteredOn(attempt -> attempt.getJob() == job).hasSize(TASKS)
                .allMatch(attempt -> attempt.getNumber() == 2);
    }

    private void assertSupersededWhenTheyAreBack(Holder lost) {
        assertThat(lost.agent.end().getDescription()).contains("was given up");
        var back = new ScriptedAgent(channel);
        back.say(ScriptedAgent.hello("vm-1", ScriptedAgent.instance(1), 1).toBuilder().mergeFrom(held(lost)).build());
        assertThat(back.hear(AttachResponse::hasEnd).getEnd().getAttemptsList())
                .containsExactlyInAnyOrderElementsOf(lost.held);
    }

    private static AttachRequest held(Holder lost) {
        return AttachRequest.newBuilder()
                .setBeat(Beat.newBuilder().setSequence(lost.sequence + 1).addAllHeld(lost.held)).build();
    }

    private long queued() {
        return loop.read(views -> views.status().queued()).join();
    }
}
