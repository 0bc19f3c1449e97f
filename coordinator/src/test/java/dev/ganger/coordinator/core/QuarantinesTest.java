package dev.ganger.coordinator.core;

import dev.ganger.model.Agent;
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
import static dev.ganger.coordinator.core.TwoAgents.FAILURE;
import static dev.ganger.coordinator.core.TwoAgents.MISSING;
import static dev.ganger.coordinator.core.TwoAgents.ONE;
import static dev.ganger.coordinator.core.TwoAgents.SUCCESS;
import static dev.ganger.coordinator.core.TwoAgents.TWO;
import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of an agent on which tasks fail that succeed elsewhere. */
final class QuarantinesTest {
    private final Desk desk = new Desk();
    private final TwoAgents agents = new TwoAgents(desk);

    /** A task of this job fails on the first agent and then succeeds on the second. */
    private void failsOnOneOnly() {
        agents.pull(ONE, 1);
        var failing = desk.heldBy(ONE).getFirst();
        desk.ends(ONE, failing, FAILURE);
        agents.pull(ONE, 0);
        agents.pull(TWO, 1);
        desk.ends(TWO, desk.heldBy(TWO).getFirst(), SUCCESS);
        agents.pull(TWO, 0);
    }

    private void quarantineOne() {
        agents.attach();
        agents.pull(ONE, 0);
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
        agents.pull(ONE, 1);
        assertThat(desk.heldBy(ONE)).isEmpty();
        assertThat(Objects.requireNonNull(desk.views().why(new TaskId(4, 1))).sentences())
                .anyMatch(sentence -> sentence.startsWith("vm-1: quarantined (3 tasks that failed here"));
        agents.pull(TWO, 1);
        assertThat(desk.heldBy(TWO)).containsExactly(attempt(4, 1, 1));
    }

    @Test
    void aSuccessBetweenSpeaksForAnAgent() {
        agents.attach();
        agents.pull(ONE, 0);
        for (var round = 0; round < 6; round++) {
            desk.submit(spec(0, 2), 1);
            failsOnOneOnly();
            if (round % 2 == 1) {
                desk.submit(1);
                agents.pull(ONE, 1);
                desk.ends(ONE, desk.heldBy(ONE).getFirst(), SUCCESS);
            }
        }
        assertThat(desk.all(Event.AgentSuspected.class)).hasSize(6);
        assertThat(desk.all(Event.AgentQuarantined.class)).isEmpty();
    }

    @Test
    void aStartThatFailsSpeaksAgainstAnAgentOnceTheTaskHasStartedElsewhere() {
        agents.attach();
        agents.pull(ONE, 0);
        for (var job = 1; job <= 3; job++) {
            desk.submit(1);
            agents.pull(ONE, 1);
            desk.ends(ONE, attempt(job, 1, 1), MISSING);
            agents.pull(TWO, 1);
            desk.ends(TWO, attempt(job, 1, 2), FAILURE);
            agents.pull(TWO, 0);
        }
        assertThat(desk.all(Event.AgentQuarantined.class)).hasSize(1);
    }

    @Test
    void aTryThatSucceedsEndsAQuarantine() {
        quarantineOne();
        agents.pull(ONE, 2);
        desk.submit(3);
        agents.passBeating(Duration.ofSeconds(59));
        assertThat(desk.heldBy(ONE)).isEmpty();
        agents.passBeating(Duration.ofSeconds(2));
        assertThat(desk.heldBy(ONE)).containsExactly(attempt(4, 1, 1));
        desk.ends(ONE, attempt(4, 1, 1), SUCCESS);
        assertThat(viewOfOne().state()).isEqualTo(Agent.State.ALIVE);
        agents.pull(ONE, 2);
        assertThat(desk.heldBy(ONE)).hasSize(2);
    }

    @Test
    void aTryThatFailsMovesItsTaskAndDoublesThePause() {
        quarantineOne();
        agents.pull(ONE, 1);
        desk.submit(1);
        agents.passBeating(Duration.ofSeconds(61));
        desk.ends(ONE, attempt(4, 1, 1), FAILURE);
        assertThat(desk.all(Event.AttemptMoved.class)).hasSize(1);
        var last = desk.all(Event.AgentQuarantined.class).getLast();
        assertThat(last.times()).isEqualTo(2);
        assertThat(Duration.between(last.pause().since(), last.pause().until())).isEqualTo(Duration.ofMinutes(2));
        agents.pull(TWO, 1);
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
        agents.pull(ONE, 1);
        desk.submit(2);
        agents.passBeating(Duration.ofSeconds(61));
        desk.gives(ONE, attempt(4, 1, 1));
        agents.pull(ONE, 1);
        assertThat(desk.heldBy(ONE)).containsExactly(attempt(4, 1, 2));
    }

    @Test
    void aTryThatSucceedsAlthoughItWasCancelledEndsAQuarantine() {
        quarantineOne();
        agents.pull(ONE, 1);
        desk.submit(1);
        agents.passBeating(Duration.ofSeconds(61));
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
        agents.pull(ONE, 1);
        assertThat(desk.heldBy(ONE)).hasSize(1);
    }

    @Test
    void whatAQuarantinedAgentRunsGoesOnAndWhatItHasNotStartedComesBack() {
        agents.one = desk.attach(ONE);
        agents.two = desk.attach(TWO);
        desk.ask(new Command.Pull(agents.one, ONE, 0, 1, 1));
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
        agents.pull(ONE, 1);
        desk.ends(ONE, desk.heldBy(ONE).getLast(), FAILURE);
        agents.pull(ONE, 0);
        agents.pull(TWO, 1);
        desk.ends(TWO, desk.heldBy(TWO).getFirst(), SUCCESS);
        agents.pull(TWO, 0);
    }

    @Test
    void theLastAgentIsTriedEveryMinuteAndSaysSo() {
        quarantineOne();
        agents.pull(ONE, 1);
        desk.ask(new Command.DrainAgent("vm-2", ""));
        desk.submit(spec(0, 5), 1);
        for (var attempt = 1; attempt <= 4; attempt++) {
            agents.passBeating(Duration.ofSeconds(66));
            assertThat(desk.heldBy(ONE)).containsExactly(attempt(4, 1, attempt));
            desk.ends(ONE, attempt(4, 1, attempt), FAILURE);
            agents.pull(ONE, 1);
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
        agents.pull(ONE, 1);
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
        agents.pull(TWO, 1);
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
