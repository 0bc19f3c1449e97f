package dev.ganger.coordinator.core;

import dev.ganger.coordinator.core.Command.Submission;
import dev.ganger.coordinator.core.Refusal.Kind;
import dev.ganger.model.AgentId;
import dev.ganger.model.Ending;
import dev.ganger.model.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

import static dev.ganger.coordinator.core.Desk.agent;
import static dev.ganger.coordinator.core.Desk.attach;
import static dev.ganger.coordinator.core.Desk.attempt;
import static dev.ganger.coordinator.core.Desk.spec;
import static dev.ganger.coordinator.core.Desk.tasks;
import static org.assertj.core.api.Assertions.assertThat;

/** What the coordinator decides, one rule at a time; the simulation tries them all together. */
final class DispatcherTest {
    private static final AgentId ONE = agent(1, 1);
    private static final AgentId TWO = agent(2, 1);
    private static final Ending SUCCESS = new Ending.Exited(0);
    private static final Ending FAILURE = new Ending.Exited(1);
    private static final Duration LEASE = Desk.SETTINGS.lease();

    private final Desk desk = new Desk();

    // ---- submit

    @Test
    void theSameKeyIsTheSameJob() {
        var first = desk.ask(desk.job("k", spec(0, 0), 1, null));
        var second = desk.ask(desk.job("k", spec(0, 0), 1, null));
        assertThat(first).isEqualTo(new Submission.Accepted(1, 1, false));
        assertThat(second).isEqualTo(new Submission.Accepted(1, 1, true));
    }

    @Test
    void aKeyOfAnotherJobIsAConflict() {
        desk.ask(desk.job("k", spec(0, 0), 1, null));
        assertThat(desk.refusal(desk.job("k", spec(0, 0), 2, null))).isEqualTo(Kind.CONFLICT);
    }

    @Test
    void aJobThatCanNeverFitIsRefused() {
        assertThat(desk.refusal(desk.job("", spec(0, 0), 11, null))).isEqualTo(Kind.FULL);
    }

    @Test
    void aClientWithoutPatienceIsRefusedWhenTheQueueIsFull() {
        desk.submit(10);
        assertThat(desk.refusal(desk.job("", spec(0, 0), 1, Duration.ZERO))).isEqualTo(Kind.FULL);
    }

    @Test
    void submitsThatWaitAreServedInOrder() {
        desk.submit(9);
        var large = desk.job("", spec(0, 0), 5, null);
        var small = desk.job("", spec(0, 0), 1, null);
        assertThat(desk.ask(large)).isEqualTo(new Submission.Deferred(9, 10, 0));
        assertThat(desk.ask(small)).isEqualTo(new Submission.Deferred(9, 10, 1));
        desk.ask(new Command.Cancel(1, null, ""));
        assertThat(desk.all(Event.Submitted.class)).extracting(Event.Submitted::draft).endsWith(large.draft(), small.draft());
    }

    @Test
    void patienceEnds() {
        desk.submit(10);
        var waiting = desk.job("", spec(0, 0), 1, Duration.ofSeconds(5));
        desk.ask(waiting);
        desk.pass(Duration.ofSeconds(5));
        assertThat(desk.all(Event.SubmitRefused.class)).extracting(Event.SubmitRefused::draft).containsExactly(waiting.draft());
    }

    @Test
    void aClosedCoordinatorRefusesAlsoThoseWhoWait() {
        desk.submit(10);
        desk.submit(1);
        desk.ask(new Command.Close());
        assertThat(desk.all(Event.SubmitRefused.class)).hasSize(1);
        assertThat(desk.refusal(desk.job("", spec(0, 0), 1, null))).isEqualTo(Kind.NOT_NOW);
        desk.ask(new Command.Open());
        assertThat(desk.submit(10)).isInstanceOf(Submission.Deferred.class);
    }

    // ---- who gets what

    @Test
    void nothingIsGrantedBeforeRoomIsStated() {
        desk.submit(1);
        desk.attach(ONE);
        assertThat(desk.heldBy(ONE)).isEmpty();
    }

    @Test
    void higherPriorityLeavesFirstThenWhatCameFirst() {
        desk.submit(1);
        desk.ask(desk.job("", spec(5, 0), 1, null));
        desk.submit(1);
        desk.agentWithRoom(ONE, 2, 0);
        assertThat(desk.heldBy(ONE)).containsExactly(attempt(2, 1, 1), attempt(1, 1, 1));
    }

    @Test
    void tasksSpreadByFreeSlots() {
        desk.agentWithRoom(ONE, 4, 0);
        desk.agentWithRoom(TWO, 2, 0);
        desk.submit(3);
        assertThat(desk.heldBy(ONE)).hasSize(2);
        assertThat(desk.heldBy(TWO)).hasSize(1);
    }

    @Test
    void roomBeyondTheSlotsIsUsedOnlyWhileNobodyHasAFreeSlot() {
        desk.agentWithRoom(ONE, 1, 5);
        desk.agentWithRoom(TWO, 2, 0);
        desk.submit(3);
        assertThat(desk.heldBy(ONE)).hasSize(1);
        assertThat(desk.heldBy(TWO)).hasSize(2);
        desk.submit(2);
        assertThat(desk.heldBy(ONE)).hasSize(3);
    }

    @Test
    void whatHasNotStartedIsCalledBackForAFreeSlot() {
        desk.agentWithRoom(ONE, 2, 2);
        desk.submit(4);
        desk.agentWithRoom(TWO, 1, 0);
        assertThat(desk.all(Event.Recalled.class)).containsExactly(new Event.Recalled(ONE, List.of(attempt(1, 4, 1))));
        desk.gives(ONE, attempt(1, 4, 1));
        assertThat(desk.heldBy(TWO)).containsExactly(attempt(1, 4, 2));
    }

    // ---- leases

    @Test
    void whatAnAgentHasNotStartedIsCalledBackWhenItIsHeld() {
        desk.agentWithRoom(ONE, 1, 2);
        desk.submit(3);
        desk.starts(ONE, attempt(1, 1, 1));
        desk.ask(new Command.Hold(Selection.of(1, Desk.tasks(1, 2)), ""));
        assertThat(desk.all(Event.Recalled.class)).containsExactly(new Event.Recalled(ONE, List.of(attempt(1, 2, 1))));
        desk.gives(ONE, attempt(1, 2, 1));
        assertThat(desk.stateOf(1, 2)).isEqualTo(TaskState.HELD);
        assertThat(desk.heldBy(ONE)).as("what runs, and what is not held").containsExactly(attempt(1, 1, 1), attempt(1, 3, 1));
    }

    @Test
    void aSilentAgentLosesItsLeasesAfterTheirLength() {
        desk.submit(1);
        desk.agentWithRoom(ONE, 1, 0);
        desk.pass(LEASE);
        assertThat(desk.heldBy(ONE)).hasSize(1);
        desk.pass(Duration.ofMillis(1));
        assertThat(desk.stateOf(1, 1)).isEqualTo(TaskState.QUEUED);
        assertThat(desk.all(Event.AgentLost.class)).hasSize(1);
    }

    @Test
    void aBeatTakesBackWhatWasReadAndIsNotListed() {
        desk.submit(2);
        var session = desk.agentWithRoom(ONE, 2, 0);
        desk.beat(ONE, session, 0);
        assertThat(desk.heldBy(ONE)).hasSize(2);
        desk.beat(ONE, session, 1, attempt(1, 1, 1));
        assertThat(desk.heldBy(ONE)).containsExactly(attempt(1, 1, 1));
    }

    @Test
    void aNewStreamTakesBackWhatIsNotListed() {
        desk.submit(2);
        desk.agentWithRoom(ONE, 2, 0);
        desk.attach(ONE, attempt(1, 2, 1));
        assertThat(desk.heldBy(ONE)).containsExactly(attempt(1, 2, 1));
        assertThat(desk.all(Event.Returned.class)).hasSize(1);
    }

    @Test
    void aHigherStartLosesWhatItDoesNotList() {
        desk.submit(1);
        desk.agentWithRoom(ONE, 1, 0);
        desk.attach(agent(1, 2));
        assertThat(desk.all(Event.AttemptsLost.class)).hasSize(1);
    }

    @Test
    void aLowerStartAndAnotherInstallationAreRefused() {
        desk.attach(agent(1, 2));
        assertThat(desk.refusal(attach(9, ONE, 1))).isEqualTo(Kind.CONFLICT);
        var stranger = new AgentId("vm-1", TWO.instance(), 1);
        assertThat(desk.refusal(attach(9, stranger, 1))).isEqualTo(Kind.CONFLICT);
    }

    @Test
    void anOlderStreamDoesNotReplaceANewerOne() {
        desk.attach(ONE);
        desk.attach(ONE);
        assertThat(desk.refusal(attach(9, ONE, 1))).isEqualTo(Kind.NOT_NOW);
    }

    @Test
    void whatIsListedAndNotLeasedIsSupersededBeforeTheLeaseIsRenewed() {
        desk.attach(ONE, attempt(1, 1, 1));
        assertThat(desk.events).extracting(Event::getClass).extracting(Class::getSimpleName)
                .containsSubsequence("AgentAttached", "Superseded", "AgentSeen");
    }

    // ---- reports

    @Test
    void reportOfAnOldAttemptIsRefused() {
        desk.submit(1);
        desk.agentWithRoom(ONE, 1, 0);
        desk.pass(LEASE.plusMillis(1));
        desk.agentWithRoom(TWO, 1, 0);
        desk.ends(ONE, attempt(1, 1, 1), SUCCESS);
        assertThat(desk.heldBy(TWO)).containsExactly(attempt(1, 1, 2));
        assertThat(desk.all(Event.LateReported.class)).hasSize(1);
        assertThat(desk.all(Event.Finished.class)).isEmpty();
    }

    @Test
    void aReportThatIsSaidAgainIsNoNews() {
        desk.submit(1);
        desk.agentWithRoom(ONE, 1, 0);
        desk.ends(ONE, attempt(1, 1, 1), SUCCESS);
        desk.ends(ONE, attempt(1, 1, 1), SUCCESS);
        assertThat(desk.all(Event.Finished.class)).hasSize(1);
        assertThat(desk.all(Event.LateReported.class)).isEmpty();
    }

    @Test
    void aFailureUsesARetryAndALossDoesNot() {
        desk.ask(desk.job("", spec(0, 1), 1, null));
        desk.agentWithRoom(ONE, 1, 0);
        desk.ends(ONE, attempt(1, 1, 1), new Ending.Lost("power"));
        desk.agentWithRoom(ONE, 1, 0);
        desk.ends(ONE, attempt(1, 1, 2), FAILURE);
        assertThat(desk.stateOf(1, 1)).isEqualTo(TaskState.QUEUED);
        desk.agentWithRoom(ONE, 1, 0);
        desk.ends(ONE, attempt(1, 1, 3), FAILURE);
        assertThat(desk.stateOf(1, 1)).isEqualTo(TaskState.FAILED);
    }

    @Test
    void whatIsKnownOfALostAttemptIsInItsEvent() {
        desk.submit(1);
        desk.agentWithRoom(ONE, 1, 0);
        var started = new Event.Started(attempt(1, 1, 1), 42, Instant.EPOCH);
        desk.ask(new Command.Report(1, ONE, List.of(started), List.of(), List.of()));
        desk.attach(agent(1, 2));
        assertThat(desk.all(Event.AttemptsLost.class).getFirst().running()).containsExactly(started);
    }

    // ---- cancel

    @Test
    void cancelEndsWhatIsQueuedAtOnceAndAsksForTheRest() {
        desk.agentWithRoom(ONE, 1, 0);
        desk.submit(5);
        var counts = desk.ask(new Command.Cancel(1, tasks(1, 3), "not needed"));
        assertThat(counts).isEqualTo(new Command.CancelCounts(2, 1));
        assertThat(desk.all(Event.Cancelled.class)).extracting(Event.Cancelled::position).containsExactly(1L);
        assertThat(desk.state.nextPosition()).isEqualTo(3);
        assertThat(desk.stateOf(1, 4)).isEqualTo(TaskState.QUEUED);
    }

    @Test
    void whatWasToBeCancelledIsSaidAgainOnANewStream() {
        desk.submit(1);
        desk.agentWithRoom(ONE, 1, 0);
        desk.ask(new Command.Cancel(1, null, "not needed"));
        desk.attach(ONE, attempt(1, 1, 1));
        assertThat(desk.all(Event.CancelRequested.class)).hasSize(2);
    }

    @Test
    void whatWasToBeCancelledIsFinalWhenItsAgentIsLost() {
        desk.submit(1);
        desk.agentWithRoom(ONE, 1, 0);
        desk.ask(new Command.Cancel(1, null, "not needed"));
        desk.pass(LEASE.plusMillis(1));
        assertThat(desk.stateOf(1, 1)).isEqualTo(TaskState.CANCELLED);
    }

    @Test
    void cancelOfWhatIsNotThereIsRefused() {
        desk.submit(1);
        assertThat(desk.refusal(new Command.Cancel(7, null, ""))).isEqualTo(Kind.NOT_FOUND);
        assertThat(desk.refusal(new Command.Cancel(1, tasks(5, 9), ""))).isEqualTo(Kind.NOT_FOUND);
    }

    // ---- STOP and cursors

    @Test
    void stopWaitsForWhatWasAcceptedBeforeAndHoldsBackTheRest() {
        desk.submit(1);
        desk.ask(new Command.Stop(false, false));
        desk.submit(1);
        desk.agentWithRoom(ONE, 2, 0);
        assertThat(desk.heldBy(ONE)).containsExactly(attempt(1, 1, 1));
        assertThat(desk.all(Event.StopReleased.class)).isEmpty();
        desk.ends(ONE, attempt(1, 1, 1), SUCCESS);
        assertThat(desk.all(Event.StopReleased.class)).extracting(Event.StopReleased::agents).containsExactly(List.of(ONE));
        assertThat(desk.stateOf(2, 1)).isEqualTo(TaskState.QUEUED);
    }

    @Test
    void stopNowWaitsForNothingAndReachesAgentsThatComeBack() {
        desk.submit(1);
        desk.attach(ONE);
        desk.ask(new Command.Stop(true, false));
        var attached = desk.ask(attach(9, ONE, 2));
        assertThat(attached.stopNow()).isTrue();
        assertThat(desk.ask(attach(10, agent(1, 2), 1)).stop()).isFalse();
    }

    @Test
    void aCursorStaysWithinTheDoneQueue() {
        assertThat(desk.refusal(new Command.MoveCursor("me", 2))).isEqualTo(Kind.INVALID);
        desk.submit(1);
        desk.ask(new Command.Cancel(1, null, ""));
        desk.ask(new Command.MoveCursor("me", 2));
        assertThat(desk.state.cursor("me")).isEqualTo(2);
    }
}
