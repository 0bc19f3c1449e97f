package dev.ganger.coordinator.core;

import dev.ganger.model.Agent;
import dev.ganger.model.AgentId;
import dev.ganger.model.AttemptId;
import dev.ganger.model.Ending;
import dev.ganger.model.Order;
import dev.ganger.model.TaskId;
import dev.ganger.model.TaskState;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

import static dev.ganger.coordinator.core.Desk.agent;
import static dev.ganger.coordinator.core.Desk.attempt;
import static dev.ganger.coordinator.core.Desk.spec;
import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of an agent on which tasks fail that succeed elsewhere. */
final class QuarantinesTest {
    private static final AgentId ONE = agent(1, 1);
    private static final AgentId TWO = agent(2, 1);
    private static final Ending SUCCESS = new Ending.Exited(0);
    private static final Ending FAILURE = new Ending.Exited(1);
    private static final Ending MISSING = new Ending.CannotStart(Ending.Obstacle.NO_SUCH_PROGRAM, "no 'x' in PATH");

    private final Desk desk = new Desk();
    private long one;
    private long two;

    /** Two agents: the first has room, the second none yet. */
    private void twoAgents() {
        one = desk.agentWithRoom(ONE, 1, 0);
        two = desk.attach(TWO);
    }

    private void pull(AgentId agent, int free) {
        desk.ask(new Command.Pull(agent.equals(ONE) ? one : two, agent, 100, free, 0));
    }

    private void passBeating(Duration time) {
        for (var left = time; left.isPositive(); left = left.minusSeconds(5)) {
            desk.pass(left.compareTo(Duration.ofSeconds(5)) < 0 ? left : Duration.ofSeconds(5));
            desk.beat(ONE, one, 0, desk.heldBy(ONE).toArray(AttemptId[]::new));
            desk.beat(TWO, two, 0, desk.heldBy(TWO).toArray(AttemptId[]::new));
        }
    }

    /** A task of this job fails on the first agent and then succeeds on the second. */
    private void failsOnOneOnly() {
        pull(ONE, 1);
        var failing = desk.heldBy(ONE).getFirst();
        desk.ends(ONE, failing, FAILURE);
        pull(ONE, 0);
        pull(TWO, 1);
        desk.ends(TWO, desk.heldBy(TWO).getFirst(), SUCCESS);
        pull(TWO, 0);
    }

    private void quarantineOne() {
        twoAgents();
        pull(ONE, 0);
        for (var job = 0; job < 3; job++) {
            desk.submit(spec(0, 2), 1);
            failsOnOneOnly();
        }
    }

    private Agent viewOfOne() {
        return desk.views().agents().getFirst();
    }

    // ---- quarantine

    @Test
    void anAgentIsQuarantinedWhenWhatFailsThereSucceedsElsewhere() {
        quarantineOne();
        assertThat(desk.all(Event.AgentQuarantined.class)).singleElement()
                .satisfies(event -> assertThat(event.agent()).isEqualTo(ONE));
        assertThat(viewOfOne().state()).isEqualTo(Agent.State.QUARANTINED);
        assertThat(viewOfOne().reason()).isEqualTo(
                "3 tasks that failed here succeeded elsewhere: 1.1 on vm-2, 2.1 on vm-2, 3.1 on vm-2; since 2026-11-01T10:00:00Z; the next try is at 2026-11-01T10:01:00Z");
        assertThat(desk.views().status().quarantined()).isEqualTo(1);
        desk.submit(1);
        pull(ONE, 1);
        assertThat(desk.heldBy(ONE)).isEmpty();
        assertThat(Objects.requireNonNull(desk.views().why(new TaskId(4, 1))).sentences())
                .anyMatch(sentence -> sentence.startsWith("vm-1: quarantined (3 tasks that failed here"));
        pull(TWO, 1);
        assertThat(desk.heldBy(TWO)).containsExactly(attempt(4, 1, 1));
    }

    @Test
    void aSuccessBetweenSpeaksForAnAgent() {
        twoAgents();
        pull(ONE, 0);
        for (var round = 0; round < 6; round++) {
            desk.submit(spec(0, 2), 1);
            failsOnOneOnly();
            if (round % 2 == 1) {
                desk.submit(1);
                pull(ONE, 1);
                desk.ends(ONE, desk.heldBy(ONE).getFirst(), SUCCESS);
            }
        }
        assertThat(desk.all(Event.AgentSuspected.class)).hasSize(6);
        assertThat(desk.all(Event.AgentQuarantined.class)).isEmpty();
    }

    @Test
    void aStartThatFailsSpeaksAgainstAnAgentOnceTheTaskHasStartedElsewhere() {
        twoAgents();
        pull(ONE, 0);
        for (var job = 1; job <= 3; job++) {
            desk.submit(1);
            pull(ONE, 1);
            desk.ends(ONE, attempt(job, 1, 1), MISSING);
            pull(TWO, 1);
            desk.ends(TWO, attempt(job, 1, 2), FAILURE);
            pull(TWO, 0);
        }
        assertThat(desk.all(Event.AgentQuarantined.class)).hasSize(1);
    }

    @Test
    void aTryThatSucceedsEndsAQuarantine() {
        quarantineOne();
        pull(ONE, 2);
        desk.submit(3);
        passBeating(Duration.ofSeconds(59));
        assertThat(desk.heldBy(ONE)).isEmpty();
        passBeating(Duration.ofSeconds(2));
        assertThat(desk.heldBy(ONE)).containsExactly(attempt(4, 1, 1));
        desk.ends(ONE, attempt(4, 1, 1), SUCCESS);
        assertThat(viewOfOne().state()).isEqualTo(Agent.State.ALIVE);
        pull(ONE, 2);
        assertThat(desk.heldBy(ONE)).hasSize(2);
    }

    @Test
    void aTryThatFailsMovesItsTaskAndDoublesThePause() {
        quarantineOne();
        pull(ONE, 1);
        desk.submit(1);
        passBeating(Duration.ofSeconds(61));
        desk.ends(ONE, attempt(4, 1, 1), FAILURE);
        assertThat(desk.all(Event.AttemptMoved.class)).hasSize(1);
        var last = desk.all(Event.AgentQuarantined.class).getLast();
        assertThat(last.times()).isEqualTo(2);
        assertThat(Duration.between(last.pause().since(), last.pause().until())).isEqualTo(Duration.ofMinutes(2));
        pull(TWO, 1);
        assertThat(desk.heldBy(TWO)).containsExactly(attempt(4, 1, 2));
        assertThat(viewOfOne().reason()).contains("and 1 try failed");
    }

    @Test
    void thePauseIsAnHourAtMost() {
        assertThat(Settings.DEFAULT.quarantine(1)).isEqualTo(Duration.ofMinutes(1));
        assertThat(Settings.DEFAULT.quarantine(4)).isEqualTo(Duration.ofMinutes(8));
        assertThat(Settings.DEFAULT.quarantine(1_000)).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void aTryThatSaysNothingIsFollowedByAnother() {
        quarantineOne();
        pull(ONE, 1);
        desk.submit(2);
        passBeating(Duration.ofSeconds(61));
        desk.gives(ONE, attempt(4, 1, 1));
        pull(ONE, 1);
        assertThat(desk.heldBy(ONE)).containsExactly(attempt(4, 1, 2));
    }

    @Test
    void aTryThatSucceedsAlthoughItWasCancelledEndsAQuarantine() {
        quarantineOne();
        pull(ONE, 1);
        desk.submit(1);
        passBeating(Duration.ofSeconds(61));
        desk.ask(new Command.Cancel(4, null, "not needed"));
        desk.ends(ONE, attempt(4, 1, 1), SUCCESS);
        assertThat(viewOfOne().state()).isEqualTo(Agent.State.ALIVE);
    }

    @Test
    void somebodyEndsAQuarantine() {
        quarantineOne();
        desk.ask(new Command.ResumeAgent("vm-1"));
        assertThat(viewOfOne().state()).isEqualTo(Agent.State.ALIVE);
        desk.submit(1);
        pull(ONE, 1);
        assertThat(desk.heldBy(ONE)).hasSize(1);
    }

    @Test
    void whatAQuarantinedAgentRunsGoesOnAndWhatItHasNotStartedComesBack() {
        one = desk.attach(ONE);
        two = desk.attach(TWO);
        desk.ask(new Command.Pull(one, ONE, 0, 1, 1));
        desk.submit(spec(0, 0).with(new Order(-1, 0, "")), 2);
        desk.starts(ONE, attempt(1, 1, 1));
        for (var job = 0; job < 3; job++) {
            desk.submit(spec(0, 2), 1);
            failsOnOneOnlyBeside();
        }
        assertThat(desk.all(Event.Recalled.class)).containsExactly(new Event.Recalled(ONE, List.of(attempt(1, 2, 1))));
        assertThat(desk.heldBy(ONE)).contains(attempt(1, 1, 1));
    }

    private void failsOnOneOnlyBeside() {
        pull(ONE, 1);
        desk.ends(ONE, desk.heldBy(ONE).getLast(), FAILURE);
        pull(ONE, 0);
        pull(TWO, 1);
        desk.ends(TWO, desk.heldBy(TWO).getFirst(), SUCCESS);
        pull(TWO, 0);
    }

    @Test
    void theLastAgentIsTriedEveryMinuteAndSaysSo() {
        quarantineOne();
        pull(ONE, 1);
        desk.ask(new Command.DrainAgent("vm-2", ""));
        desk.submit(spec(0, 5), 1);
        for (var attempt = 1; attempt <= 4; attempt++) {
            passBeating(Duration.ofSeconds(66));
            assertThat(desk.heldBy(ONE)).containsExactly(attempt(4, 1, attempt));
            desk.ends(ONE, attempt(4, 1, attempt), FAILURE);
            pull(ONE, 1);
        }
        assertThat(viewOfOne().reason()).contains("no other agent takes tasks, so that it is tried again and again");
    }

    @Test
    void aTaskThatBringsDownItsAgentsEndsByItsLimitAndNobodyIsQuarantined() {
        desk.submit(1);
        for (var number = 1; number <= 5; number++) {
            var life = agent(number, 1);
            desk.agentWithRoom(life, 1, 0);
            desk.starts(life, attempt(1, 1, number));
            desk.pass(Duration.ofSeconds(61));
        }
        assertThat(desk.stateOf(1, 1)).isEqualTo(TaskState.FAILED);
        assertThat(desk.all(Event.AttemptsLost.class)).hasSize(4);
        assertThat(desk.state.doubts().all()).isEmpty();
    }

    // ---- restarts

    @Test
    void aRestartKeepsAllOfIt() {
        quarantineOne();
        desk.submit(spec(0, 2), 2);
        desk.ask(new Command.ResumeAgent("vm-1"));
        pull(ONE, 1);
        desk.ends(ONE, attempt(4, 1, 1), FAILURE);
        quarantineAgain();
        assertThat(desk.replayed().snapshot()).isEqualTo(desk.state.snapshot());
        assertThat(desk.restored().snapshot()).isEqualTo(desk.state.snapshot());
    }

    private void quarantineAgain() {
        desk.ask(new Command.Cancel(4, null, ""));
        for (var job = 0; job < 3; job++) {
            desk.submit(spec(0, 2), 1);
            failsOnOneOnly();
        }
        desk.submit(spec(0, 2), 1);
        pull(TWO, 1);
        desk.ends(TWO, desk.heldBy(TWO).getFirst(), FAILURE);
        assertThat(desk.state.doubts().all()).hasSize(2);
    }

    @Test
    void aPauseGoesOnAfterARestartWhateverTheWallClockSays() {
        quarantineOne();
        desk.submit(1);
        for (var jump : List.of(Duration.ofHours(-1), Duration.ZERO)) {
            var after = desk.restarted(desk.restored(), jump);
            var session = after.agentWithRoom(ONE, 1, 0);
            after.pass(Duration.ofSeconds(20));
            after.beat(ONE, session, 0);
            after.attach(TWO);
            assertThat(after.heldBy(ONE)).isEmpty();
            after.pass(Duration.ofSeconds(20));
            after.beat(ONE, session, 0);
            after.pass(Duration.ofSeconds(20));
            assertThat(after.heldBy(ONE)).hasSize(1);
        }
    }
}
