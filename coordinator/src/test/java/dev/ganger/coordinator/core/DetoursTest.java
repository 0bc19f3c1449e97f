package dev.ganger.coordinator.core;

import dev.ganger.model.Ending;
import dev.ganger.model.Run;
import dev.ganger.model.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

import static dev.ganger.coordinator.core.Desk.agent;
import static dev.ganger.coordinator.core.Desk.attempt;
import static dev.ganger.coordinator.core.Desk.only;
import static dev.ganger.coordinator.core.Desk.spec;
import static dev.ganger.coordinator.core.TwoAgents.FAILURE;
import static dev.ganger.coordinator.core.TwoAgents.MISSING;
import static dev.ganger.coordinator.core.TwoAgents.ONE;
import static dev.ganger.coordinator.core.TwoAgents.SUCCESS;
import static dev.ganger.coordinator.core.TwoAgents.TWO;
import static org.assertj.core.api.Assertions.assertThat;

/** Where a task goes that could not start, or failed, on one agent. */
final class DetoursTest {
    private final Desk desk = new Desk();
    private final TwoAgents agents = new TwoAgents(desk);

    // ---- starts that fail

    @Test
    void aStartThatFailsGoesToAnotherAgentAndUsesNoRetry() {
        agents.attach();
        desk.submit(1);
        desk.ends(ONE, attempt(1, 1, 1), MISSING);
        agents.pull(ONE, 2);
        assertThat(desk.heldBy(ONE)).isEmpty();
        agents.pull(TWO, 1);
        assertThat(desk.heldBy(TWO)).containsExactly(attempt(1, 1, 2));
        assertThat(desk.all(Event.AttemptMoved.class)).hasSize(1);
        desk.ends(TWO, attempt(1, 1, 2), SUCCESS);
        assertThat(desk.stateOf(1, 1)).isEqualTo(TaskState.SUCCEEDED);
    }

    @Test
    void whatNobodyCanStartHasFailedAndSaysWhereItWasTried() {
        agents.attach();
        desk.submit(1);
        desk.ends(ONE, attempt(1, 1, 1), MISSING);
        agents.pull(TWO, 1);
        var report = new Command.Report(1, TWO, List.of(), List.of(new Command.Ended(attempt(1, 1, 2),
                Run.unseen(Instant.EPOCH, MISSING))), List.of());
        assertThat(desk.payloadsOf(report)).singleElement().isInstanceOfSatisfying(Payload.Recorded.class,
                recorded -> assertThat(recorded.result().run().ending()).isEqualTo(new Ending.CannotStart(
                        Ending.Obstacle.NO_SUCH_PROGRAM, "no 'x' in PATH (on vm-2; nor could vm-1 start it)")));
        desk.ask(report);
        assertThat(desk.stateOf(1, 1)).isEqualTo(TaskState.FAILED);
        agents.pull(ONE, 1);
        assertThat(desk.heldBy(ONE)).isEmpty();
    }

    @Test
    void itGoesBackWhenNobodyElseIsLeft() {
        agents.attach();
        desk.submit(1);
        desk.ends(ONE, attempt(1, 1, 1), MISSING);
        agents.pull(ONE, 1);
        assertThat(desk.heldBy(ONE)).isEmpty();
        desk.ask(new Command.DrainAgent("vm-2", ""));
        assertThat(desk.heldBy(ONE)).containsExactly(attempt(1, 1, 2));
        desk.ends(ONE, attempt(1, 1, 2), MISSING);
        assertThat(desk.stateOf(1, 1)).isEqualTo(TaskState.FAILED);
    }

    @Test
    void whatOnlyOneAgentMayRunIsNotMoved() {
        agents.attach();
        desk.submit(only("vm-1"), 1);
        desk.ends(ONE, attempt(1, 1, 1), MISSING);
        assertThat(desk.stateOf(1, 1)).isEqualTo(TaskState.FAILED);
    }

    @Test
    void whatWasCancelledIsNotMoved() {
        agents.attach();
        desk.submit(1);
        desk.ask(new Command.Cancel(1, null, "not needed"));
        desk.ends(ONE, attempt(1, 1, 1), MISSING);
        assertThat(desk.stateOf(1, 1)).isEqualTo(TaskState.FAILED);
    }

    @Test
    void itIsMovedSoOftenAtMost() {
        for (var number = 1; number <= Settings.MOVES + 2; number++) {
            desk.attach(agent(number, 1));
        }
        desk.submit(1);
        for (var number = 1; number <= Settings.MOVES + 1; number++) {
            desk.ask(new Command.Pull(number, agent(number, 1), 0, 1, 0));
            desk.ends(agent(number, 1), attempt(1, 1, number), MISSING);
        }
        assertThat(desk.stateOf(1, 1)).isEqualTo(TaskState.FAILED);
        assertThat(desk.all(Event.AttemptMoved.class)).hasSize(Settings.MOVES);
    }

    @Test
    void whatWaitsForAnotherAgentIsNotCalledBackForTheOneThatCouldNotStartIt() {
        agents.attach();
        desk.submit(1);
        desk.ends(ONE, attempt(1, 1, 1), MISSING);
        desk.ask(new Command.Pull(agents.two, TWO, 0, 1, 0));
        agents.pull(ONE, 1);
        assertThat(desk.all(Event.Recalled.class)).isEmpty();
    }

    // ---- failures

    @Test
    void whatFailedGoesToOthersFirstAndBackIfTheyTakeNothing() {
        agents.attach();
        desk.submit(spec(0, 2), 1);
        desk.ends(ONE, attempt(1, 1, 1), FAILURE);
        agents.pull(ONE, 1);
        agents.passBeating(Desk.SETTINGS.lease().minusSeconds(5));
        assertThat(desk.heldBy(ONE)).isEmpty();
        agents.passBeating(Duration.ofSeconds(10));
        assertThat(desk.heldBy(ONE)).containsExactly(attempt(1, 1, 2));
    }

    @Test
    void whatFailedMayComeBackAtOnceWhereSomethingHasSucceededSince() {
        agents.attach();
        desk.submit(spec(0, 2), 1);
        desk.ends(ONE, attempt(1, 1, 1), FAILURE);
        desk.submit(1);
        agents.pull(ONE, 1);
        assertThat(desk.heldBy(ONE)).containsExactly(attempt(2, 1, 1));
        desk.ends(ONE, attempt(2, 1, 1), SUCCESS);
        agents.pull(ONE, 1);
        assertThat(desk.heldBy(ONE)).containsExactly(attempt(1, 1, 2));
        assertThat(desk.state.doubts().all()).isEmpty();
    }

    @Test
    void aSingleAgentRetriesAtOnce() {
        desk.agentWithRoom(ONE, 2, 0);
        desk.submit(spec(0, 2), 1);
        desk.ends(ONE, attempt(1, 1, 1), FAILURE);
        assertThat(desk.heldBy(ONE)).containsExactly(attempt(1, 1, 2));
        assertThat(desk.state.doubts().all()).isEmpty();
    }

    @Test
    void whoCouldNotStartTooManyTasksOfAJobGetsThemWhenNobodyElseIsLeft() {
        var large = new Desk(new Settings(1_000, 1_000, Duration.ofSeconds(60), Duration.ofDays(30)));
        var session = large.agentWithRoom(ONE, 1, 0);
        large.attach(TWO);
        large.submit(100);
        for (var index = 1; index <= Settings.DETOURS_A_JOB; index++) {
            large.ends(ONE, attempt(1, index, 1), MISSING);
            large.ask(new Command.Pull(session, ONE, 100, 1, 0));
        }
        assertThat(large.heldBy(ONE)).isEmpty();
        large.ask(new Command.DrainAgent("vm-2", ""));
        assertThat(large.heldBy(ONE)).containsExactly(attempt(1, 1, 2));
    }

    @Test
    void whoCouldNotStartTooManyTasksOfAJobGetsWhatIsBehind() {
        var large = new Desk(new Settings(1_000, 1_000, Duration.ofSeconds(60), Duration.ofDays(30)));
        var session = large.agentWithRoom(ONE, 1, 0);
        var other = large.attach(TWO);
        large.submit(100);
        large.submit(1);
        for (var index = 1; index <= Settings.DETOURS_A_JOB; index++) {
            large.ends(ONE, attempt(1, index, 1), MISSING);
            large.ask(new Command.Pull(session, ONE, 100, 1, 0));
        }
        assertThat(large.heldBy(ONE)).containsExactly(attempt(2, 1, 1));
        large.ask(new Command.Pull(other, TWO, 0, 2, 0));
        assertThat(large.heldBy(TWO)).containsExactly(attempt(1, 1, 2), attempt(1, 2, 2));
        large.ends(ONE, attempt(2, 1, 1), SUCCESS);
        large.ask(new Command.Pull(session, ONE, 100, 1, 0));
        assertThat(large.heldBy(ONE)).containsExactly(attempt(1, 17, 1));
    }
}
