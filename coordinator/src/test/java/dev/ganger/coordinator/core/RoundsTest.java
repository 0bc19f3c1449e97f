package dev.ganger.coordinator.core;

import dev.ganger.coordinator.core.Refusal.Kind;
import dev.ganger.model.AgentId;
import dev.ganger.model.Backoff;
import dev.ganger.model.Bytes;
import dev.ganger.model.CodeRange;
import dev.ganger.model.Ending;
import dev.ganger.model.FailurePolicy;
import dev.ganger.model.Indices;
import dev.ganger.model.JobSpec;
import dev.ganger.model.JobState;
import dev.ganger.model.TaskId;
import dev.ganger.model.TaskState;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static dev.ganger.coordinator.core.Desk.agent;
import static dev.ganger.coordinator.core.Desk.attempt;
import static dev.ganger.coordinator.core.Desk.spec;
import static dev.ganger.coordinator.core.Desk.tasks;
import static org.assertj.core.api.Assertions.assertThat;

/** Holding, waiting, failing and beginning again, one rule at a time. */
final class RoundsTest {
    private static final AgentId ONE = agent(1, 1);
    private static final Ending SUCCESS = new Ending.Exited(0);
    private static final Ending FAILURE = new Ending.Exited(1);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Desk desk = new Desk();

    private static JobSpec failing(FailurePolicy policy) {
        return spec(0, 0).with(policy);
    }

    private static FailurePolicy policy(int retries, @Nullable Backoff backoff, CodeRange... retryOn) {
        return new FailurePolicy(retries, List.of(retryOn), backoff, null, 5);
    }

    private void job(JobSpec spec, int tasks) {
        desk.ask(desk.job("", spec, tasks, null));
    }

    private static Selection all(long job, TaskState... states) {
        return new Selection(job, null, Set.of(states));
    }

    private static Selection some(long job, long first, long last) {
        return Selection.of(job, tasks(first, last));
    }

    private void sameAfterRestart() {
        assertThat(desk.replayed().snapshot()).isEqualTo(desk.state.snapshot());
        assertThat(desk.restored().snapshot()).isEqualTo(desk.state.snapshot());
    }

    // ---- hold and release

    @Test
    void aHeldTaskDoesNotStartUntilItIsReleased() {
        desk.submit(3);
        assertThat(desk.ask(new Command.Hold(some(1, 1, 2), "not yet"))).isEqualTo(new Command.HoldCounts(2, 0));
        desk.agentWithRoom(ONE, 4, 0);
        assertThat(desk.heldBy(ONE)).containsExactly(attempt(1, 3, 1));
        assertThat(desk.stateOf(1, 1)).isEqualTo(TaskState.HELD);
        sameAfterRestart();
        assertThat(desk.ask(new Command.Release(some(1, 2, 3)))).isEqualTo(new Command.LetGo(1));
        assertThat(desk.heldBy(ONE)).containsExactly(attempt(1, 3, 1), attempt(1, 2, 1));
        sameAfterRestart();
    }

    @Test
    void whatRunsGoesOnAndIsHeldWhenItComesBack() {
        desk.submit(1);
        desk.agentWithRoom(ONE, 2, 0);
        assertThat(desk.ask(new Command.Hold(all(1), ""))).isEqualTo(new Command.HoldCounts(0, 1));
        assertThat(desk.stateOf(1, 1)).isEqualTo(TaskState.LEASED);
        desk.gives(ONE, attempt(1, 1, 1));
        assertThat(desk.stateOf(1, 1)).isEqualTo(TaskState.HELD);
        assertThat(desk.heldBy(ONE)).isEmpty();
        sameAfterRestart();
    }

    @Test
    void holdingTwiceHoldsNothingNewAndAFinishedTaskIsNotHeld() {
        desk.submit(2);
        desk.ask(new Command.Hold(some(1, 1, 1), ""));
        assertThat(desk.ask(new Command.Hold(some(1, 1, 1), ""))).isEqualTo(new Command.HoldCounts(0, 0));
        desk.ask(new Command.Cancel(all(1), ""));
        assertThat(desk.ask(new Command.Hold(all(1), ""))).isEqualTo(new Command.HoldCounts(0, 0));
        assertThat(desk.all(Event.Held.class)).hasSize(1);
    }

    @Test
    void aRetryOfAHeldTaskStaysHeld() {
        job(spec(0, 3), 1);
        desk.agentWithRoom(ONE, 2, 0);
        desk.ask(new Command.Hold(all(1), "look first"));
        desk.ends(ONE, attempt(1, 1, 1), FAILURE);
        assertThat(desk.stateOf(1, 1)).isEqualTo(TaskState.HELD);
        assertThat(Objects.requireNonNull(desk.state.job(1)).holdReason(0)).isEqualTo("look first");
    }

    @Test
    void heldAndWaitingTasksAreCountedAndCancelledAtOnce() {
        job(failing(policy(1, new Backoff(SECOND, SECOND))), 3);
        desk.agentWithRoom(ONE, 1, 0);
        desk.ends(ONE, attempt(1, 1, 1), FAILURE);
        desk.ask(new Command.Hold(some(1, 2, 2), ""));
        var counts = Objects.requireNonNull(desk.views().job(1)).tasks();
        assertThat(List.of(counts.waiting(), counts.held(), counts.queued(), counts.total())).containsExactly(1L, 1L, 1L, 3L);
        assertThat(desk.views().status().queued()).isEqualTo(3);
        assertThat(desk.ask(new Command.Cancel(all(1, TaskState.WAITING, TaskState.HELD), "")))
                .isEqualTo(new Command.CancelCounts(2, 0));
        assertThat(desk.stateOf(1, 3)).isEqualTo(TaskState.QUEUED);
        sameAfterRestart();
    }

    // ---- which tasks

    @Test
    void onlyTasksInTheNamedStatesAreCancelled() {
        desk.submit(3);
        desk.agentWithRoom(ONE, 1, 0);
        assertThat(desk.ask(new Command.Cancel(all(1, TaskState.LEASED), ""))).isEqualTo(new Command.CancelCounts(0, 1));
        assertThat(desk.ask(new Command.Cancel(all(1, TaskState.QUEUED), ""))).isEqualTo(new Command.CancelCounts(2, 0));
    }

    @Test
    void anUnknownJobOrTaskIsRefused() {
        desk.submit(1);
        for (var command : List.of(new Command.Hold(all(9), ""), new Command.Release(all(9)), new Command.Retry(all(9), ""),
                new Command.Hold(some(1, 5, 6), ""), new Command.Retry(some(1, 5, 6), ""))) {
            assertThat(desk.refusal(command)).isEqualTo(Kind.NOT_FOUND);
        }
        assertThat(desk.refusal(new Command.Retry(all(1, TaskState.RUNNING), ""))).isEqualTo(Kind.INVALID);
    }

    // ---- back-off

    @Test
    void aBackoffDoublesAndEndsInTime() {
        job(failing(policy(2, new Backoff(SECOND, SECOND.multipliedBy(9)))), 1);
        desk.agentWithRoom(ONE, 5, 0);
        desk.ends(ONE, attempt(1, 1, 1), FAILURE);
        assertThat(desk.stateOf(1, 1)).isEqualTo(TaskState.WAITING);
        sameAfterRestart();
        desk.pass(Duration.ofMillis(999));
        assertThat(desk.heldBy(ONE)).isEmpty();
        assertThat(desk.state.nextDue()).isEqualTo(1_000);
        desk.pass(Duration.ofMillis(1));
        assertThat(desk.heldBy(ONE)).containsExactly(attempt(1, 1, 2));
        desk.ends(ONE, attempt(1, 1, 2), FAILURE);
        desk.pass(Duration.ofMillis(1_999));
        assertThat(desk.heldBy(ONE)).isEmpty();
        desk.pass(Duration.ofMillis(1));
        assertThat(desk.heldBy(ONE)).containsExactly(attempt(1, 1, 3));
        sameAfterRestart();
    }

    @Test
    void aHeldTaskGoesOnWaitingAndIsHeldBeyond() {
        job(failing(policy(1, new Backoff(SECOND, SECOND))), 1);
        desk.agentWithRoom(ONE, 5, 0);
        desk.ends(ONE, attempt(1, 1, 1), FAILURE);
        desk.ask(new Command.Hold(all(1), ""));
        desk.ask(new Command.Release(all(1)));
        assertThat(desk.stateOf(1, 1)).isEqualTo(TaskState.WAITING);
        desk.ask(new Command.Hold(all(1), ""));
        desk.pass(SECOND);
        assertThat(desk.stateOf(1, 1)).isEqualTo(TaskState.HELD);
        desk.ask(new Command.Release(all(1)));
        assertThat(desk.heldBy(ONE)).containsExactly(attempt(1, 1, 2));
    }

    @Test
    void aWaitOutlivesARestartAndIsNeverLongerThanItWas() {
        job(failing(policy(1, new Backoff(SECOND, SECOND))), 1);
        desk.agentWithRoom(ONE, 5, 0);
        desk.ends(ONE, attempt(1, 1, 1), FAILURE);
        for (var from : List.of(desk.replayed(), desk.restored())) {
            var early = desk.restarted(from, Duration.ofMillis(300));
            assertThat(early.stateOf(1, 1)).isEqualTo(TaskState.WAITING);
            early.pass(Duration.ofMillis(699));
            assertThat(early.stateOf(1, 1)).isEqualTo(TaskState.WAITING);
            early.pass(Duration.ofMillis(1));
            assertThat(early.stateOf(1, 1)).isEqualTo(TaskState.QUEUED);
        }
        var setBack = desk.restarted(desk.replayed(), Duration.ofHours(-1));
        setBack.pass(SECOND);
        assertThat(setBack.stateOf(1, 1)).isEqualTo(TaskState.QUEUED);
        assertThat(desk.restarted(desk.replayed(), Duration.ofHours(1)).stateOf(1, 1)).isEqualTo(TaskState.QUEUED);
    }

    // ---- which failures are tried again

    @Test
    void onlyTheNamedCodesAreTriedAgain() {
        var endings = List.of(new Ending.Exited(75), new Ending.Signaled(9), new Ending.TimedOut(),
                new Ending.CannotStart(Ending.Obstacle.NO_SUCH_PROGRAM, ""),
                new Ending.CannotStart(Ending.Obstacle.NOT_EXECUTABLE, ""), new Ending.CannotStart(Ending.Obstacle.OTHER, ""));
        var codes = List.of(75, 137, 124, 127, 126, 125);
        for (var named = 0; named < codes.size(); named++) {
            for (var ending : endings) {
                var other = new RoundsTest();
                other.job(failing(policy(1, null, new CodeRange(codes.get(named), codes.get(named)))), 1);
                other.desk.agentWithRoom(ONE, 1, 0);
                other.desk.ends(ONE, attempt(1, 1, 1), ending);
                assertThat(other.desk.all(Event.AttemptFailed.class)).hasSize(ending.equals(endings.get(named)) ? 1 : 0);
            }
        }
    }

    @Test
    void moreFailuresThanMayBeEndTheJob() {
        job(failing(new FailurePolicy(0, List.of(), null, 1, 5)), 5);
        desk.agentWithRoom(ONE, 3, 0);
        desk.ask(new Command.Hold(some(1, 5, 5), ""));
        desk.ends(ONE, attempt(1, 1, 1), FAILURE);
        assertThat(desk.all(Event.Cancelled.class)).isEmpty();
        desk.ends(ONE, attempt(1, 2, 1), FAILURE);
        assertThat(desk.all(Event.Cancelled.class)).singleElement().extracting(Event.Cancelled::reason)
                .isEqualTo("more than 1 task failed");
        assertThat(desk.all(Event.CancelRequested.class)).singleElement().extracting(Event.CancelRequested::attempts)
                .isEqualTo(List.of(attempt(1, 3, 1)));
        assertThat(desk.stateOf(1, 5)).isEqualTo(TaskState.CANCELLED);
        desk.ends(ONE, attempt(1, 3, 1), new Ending.Cancelled(""));
        assertThat(Objects.requireNonNull(desk.views().job(1)).state()).isEqualTo(JobState.FAILED);
        sameAfterRestart();
    }

    @Test
    void aJobWithTooManyFailuresEndsAlsoAfterARestart() {
        job(failing(new FailurePolicy(0, List.of(), null, 0, 5)), 2);
        desk.agentWithRoom(ONE, 1, 0);
        desk.ends(ONE, attempt(1, 1, 1), FAILURE);
        var before = new State();
        desk.events.stream().filter(event -> event instanceof Event.Durable && !(event instanceof Event.Cancelled))
                .forEach(before::apply);
        var after = desk.restarted(before, Duration.ZERO);
        assertThat(after.stateOf(1, 2)).isEqualTo(TaskState.CANCELLED);
    }

    @Test
    void aTaskThatIsLostTooOftenHasFailed() {
        job(failing(new FailurePolicy(0, List.of(), null, null, 2)), 1);
        desk.agentWithRoom(ONE, 1, 0);
        desk.agentWithRoom(agent(1, 2), 1, 0);
        sameAfterRestart();
        desk.agentWithRoom(agent(1, 3), 1, 0);
        assertThat(desk.all(Event.AttemptsLost.class)).hasSize(1);
        assertThat(desk.all(Event.Finished.class)).singleElement().extracting(Event.Finished::state, Event.Finished::attempt)
                .containsExactly(TaskState.FAILED, attempt(1, 1, 2));
        desk.ask(new Command.Retry(all(1), ""));
        assertThat(desk.heldBy(agent(1, 3))).containsExactly(attempt(1, 1, 3));
        desk.agentWithRoom(agent(1, 4), 1, 0);
        assertThat(desk.heldBy(agent(1, 4))).containsExactly(attempt(1, 1, 4));
    }

    @Test
    void aCancelledTaskThatIsLostIsCancelled() {
        job(failing(new FailurePolicy(0, List.of(), null, null, 1)), 1);
        desk.agentWithRoom(ONE, 1, 0);
        desk.ask(new Command.Cancel(all(1), ""));
        desk.attach(agent(1, 2));
        assertThat(desk.stateOf(1, 1)).isEqualTo(TaskState.CANCELLED);
    }

    // ---- rounds

    private void failedAndCancelled() {
        job(spec(0, 1), 3);
        desk.agentWithRoom(ONE, 2, 0);
        desk.ends(ONE, attempt(1, 1, 1), SUCCESS);
        desk.ends(ONE, attempt(1, 2, 1), FAILURE);
        desk.ask(new Command.Cancel(some(1, 3, 3), ""));
        desk.ask(new Command.Pull(1, ONE, 1, 1, 0));
        desk.ends(ONE, attempt(1, 2, 2), FAILURE);
    }

    @Test
    void retryingBeginsARoundOfWhatDidNotSucceed() {
        failedAndCancelled();
        assertThat(Objects.requireNonNull(desk.views().job(1)).finishedAt()).isNotNull();
        assertThat(desk.ask(new Command.Retry(all(1), "again"))).isEqualTo(new Command.Reopened(2));
        var job = Objects.requireNonNull(desk.views().job(1));
        assertThat(job.finishedAt()).isNull();
        assertThat(job.state()).isEqualTo(JobState.RUNNING);
        assertThat(desk.state.unfinished()).isEqualTo(2);
        assertThat(desk.views().status().results()).isEqualTo(3);
        assertThat(Objects.requireNonNull(desk.views().task(new TaskId(1, 2))).round()).isEqualTo(2);
        sameAfterRestart();
        desk.ask(new Command.Pull(1, ONE, 9, 2, 0));
        assertThat(desk.heldBy(ONE)).containsExactly(attempt(1, 2, 3), attempt(1, 3, 1));
        desk.ends(ONE, attempt(1, 2, 3), FAILURE);
        assertThat(desk.all(Event.AttemptFailed.class)).hasSize(2);
        desk.ends(ONE, attempt(1, 3, 1), SUCCESS);
        desk.ask(new Command.Cancel(all(1), ""));
        assertThat(desk.ask(new Command.Forget(1))).isEqualTo(new Command.Forgotten(5));
        assertThat(desk.views().status().results()).isZero();
        assertThat(desk.refusal(new Command.Retry(all(1), ""))).isEqualTo(Kind.NOT_FOUND);
        sameAfterRestart();
    }

    @Test
    void onlyTheNamedStatesAreRetriedAlsoSucceededOnes() {
        failedAndCancelled();
        assertThat(desk.ask(new Command.Retry(all(1, TaskState.FAILED), ""))).isEqualTo(new Command.Reopened(1));
        assertThat(desk.ask(new Command.Retry(all(1, TaskState.SUCCEEDED), ""))).isEqualTo(new Command.Reopened(1));
        assertThat(desk.stateOf(1, 3)).isEqualTo(TaskState.CANCELLED);
        sameAfterRestart();
    }

    @Test
    void aLateReportOfAnEarlierRoundChangesNothing() {
        failedAndCancelled();
        desk.ask(new Command.Retry(all(1), ""));
        desk.ends(ONE, attempt(1, 2, 2), SUCCESS);
        assertThat(desk.all(Event.LateReported.class)).hasSize(1);
        assertThat(desk.stateOf(1, 2)).isNotEqualTo(TaskState.SUCCEEDED);
    }

    @Test
    void aRetryIsRefusedWhenTheQueueHasNoRoomAndAllowedWhenItIsClosed() {
        desk.submit(2);
        desk.ask(new Command.Cancel(all(1), ""));
        desk.submit(9);
        assertThat(desk.refusal(new Command.Retry(all(1), ""))).isEqualTo(Kind.FULL);
        desk.ask(new Command.Close());
        assertThat(desk.ask(new Command.Retry(some(1, 1, 1), ""))).isEqualTo(new Command.Reopened(1));
    }

    @Test
    void aReopenedJobIsNotForgottenAndHoldsAStopUp() {
        desk.submit(1);
        desk.ask(new Command.Cancel(all(1), ""));
        desk.ask(new Command.Retry(all(1), ""));
        desk.ask(new Command.Stop(false, false));
        desk.pass(Duration.ofDays(40));
        assertThat(desk.all(Event.JobForgotten.class)).isEmpty();
        assertThat(desk.all(Event.StopReleased.class)).isEmpty();
        assertThat(desk.refusal(new Command.Forget(1))).isEqualTo(Kind.NOT_NOW);
        desk.ask(new Command.Cancel(all(1), ""));
        assertThat(desk.all(Event.StopReleased.class)).hasSize(1);
    }

    @Test
    void failuresCountAnewAfterARetry() {
        job(failing(new FailurePolicy(0, List.of(), null, 0, 5)), 2);
        desk.agentWithRoom(ONE, 2, 0);
        desk.ends(ONE, attempt(1, 1, 1), FAILURE);
        desk.ends(ONE, attempt(1, 2, 1), FAILURE);
        desk.ask(new Command.Retry(some(1, 1, 1), ""));
        assertThat(desk.stateOf(1, 1)).isEqualTo(TaskState.QUEUED);
        sameAfterRestart();
    }

    @Test
    void entriesCountAgainWhenTheirJobIsReopened() {
        var submit = desk.job("", spec(0, 0), 1, null);
        desk.ask(new Command.StoreChunk(submit.draft(), 1, 1, Bytes.utf8("x".repeat(600))));
        desk.ask(new Command.Submit(submit.draft(), "me", "", submit.digest(), submit.spec(), Indices.of(1, 1), true, null));
        desk.ask(new Command.Cancel(all(1), ""));
        assertThat(desk.state.storedBytes()).isZero();
        desk.ask(new Command.Retry(all(1), ""));
        assertThat(desk.state.storedBytes()).isEqualTo(600);
        desk.ask(new Command.Cancel(all(1), ""));
        desk.ask(new Command.StoreChunk(desk.job("", spec(0, 0), 1, null).draft(), 1, 1,
                Bytes.utf8("x".repeat(600))));
        assertThat(desk.refusal(new Command.Retry(all(1), ""))).isEqualTo(Kind.FULL);
        sameAfterRestart();
    }

    @Test
    void whatWasNeverTriedInItsRoundIsCancelledWithoutAnAttempt() {
        desk.submit(4);
        desk.ask(new Command.Cancel(all(1), ""));
        desk.ask(new Command.Retry(some(1, 2, 3), ""));
        assertThat(desk.ask(new Command.Cancel(all(1), ""))).isEqualTo(new Command.CancelCounts(2, 0));
        assertThat(desk.views().status().results()).isEqualTo(6);
        assertThat(EnumSet.of(desk.stateOf(1, 1), desk.stateOf(1, 2))).containsExactly(TaskState.CANCELLED);
        sameAfterRestart();
    }
}
