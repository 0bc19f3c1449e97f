package dev.ganger.coordinator.core;

import dev.ganger.coordinator.core.Command.Attempts;
import dev.ganger.coordinator.core.Refusal.Kind;
import dev.ganger.model.Agent;
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
import static dev.ganger.coordinator.core.Desk.only;
import static org.assertj.core.api.Assertions.assertThat;

/** What people ask of single agents. */
final class AgentControlsTest {
    private static final AgentId ONE = agent(1, 1);
    private static final AgentId TWO = agent(2, 1);
    private static final Duration LEASE = Desk.SETTINGS.lease();
    private static final Duration SILENT = Desk.SETTINGS.beat().multipliedBy(2).plusMillis(1);

    private final Desk desk = new Desk();

    private Agent view(String name) {
        return desk.views().agents().stream().filter(agent -> agent.id().name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void whatTheOwnerSaysOfAnAgentIsSeenAndKept() {
        desk.attach(ONE);
        assertThat(view("vm-1").labels()).containsEntry("zone", "north");
        assertThat(desk.restored().snapshot()).isEqualTo(desk.state.snapshot());
    }

    // ---- drain and resume

    @Test
    void aDrainedAgentKeepsWhatRunsAndGivesBackTheRest() {
        desk.agentWithRoom(ONE, 1, 2);
        desk.submit(3);
        desk.starts(ONE, attempt(1, 1, 1));
        assertThat(desk.ask(new Command.DrainAgent("vm-1", "new kernel"))).isEqualTo(new Attempts(3));
        assertThat(desk.all(Event.Recalled.class))
                .containsExactly(new Event.Recalled(ONE, List.of(attempt(1, 2, 1), attempt(1, 3, 1))));
        assertThat(view("vm-1").state()).isEqualTo(Agent.State.DRAINING);
        assertThat(view("vm-1").reason()).isEqualTo("new kernel");
        desk.gives(ONE, attempt(1, 2, 1));
        desk.agentWithRoom(TWO, 2, 0);
        assertThat(desk.heldBy(TWO)).containsExactly(attempt(1, 2, 2));
    }

    @Test
    void itStaysDrainedThroughRestartsOfBothUntilItIsResumed() {
        desk.attach(ONE);
        desk.ask(new Command.DrainAgent("vm-1", "new kernel"));
        assertThat(desk.restored().fleet().restraints().holdBack(ONE.instance())).isTrue();
        desk.pass(LEASE.plusMillis(1));
        assertThat(desk.views().agents()).isEmpty();
        var again = agent(1, 2);
        desk.submit(1);
        desk.agentWithRoom(again, 2, 0);
        assertThat(desk.heldBy(again)).isEmpty();
        desk.ask(new Command.ResumeAgent("vm-1"));
        assertThat(desk.heldBy(again)).containsExactly(attempt(1, 1, 1));
    }

    @Test
    void alsoOneThatIsAwayCanBeResumed() {
        desk.attach(ONE);
        desk.ask(new Command.DrainAgent("vm-1", ""));
        desk.pass(LEASE.plusMillis(1));
        desk.ask(new Command.ResumeAgent("vm-1"));
        assertThat(desk.state.fleet().restraints().holdBack(ONE.instance())).isFalse();
    }

    @Test
    void whoeverIsNotThereIsNotFoundAndTheSentenceNamesThoseThatAre() {
        assertThat(desk.refusalText(new Command.DrainAgent("vm-7", ""))).isEqualTo("there is no agent 'vm-7'; there is none now");
        desk.attach(ONE);
        desk.attach(TWO);
        for (var command : List.of(new Command.DrainAgent("vm-7", ""), new Command.ResumeAgent("vm-7"),
                new Command.StopAgent("vm-7", ""), new Command.GiveUpAgent("vm-7", ""), new Command.RemoveAgent("vm-7", ""))) {
            assertThat(desk.refusal(command)).isEqualTo(Kind.NOT_FOUND);
            assertThat(desk.refusalText(command)).isEqualTo("there is no agent 'vm-7'; there are vm-1, vm-2");
        }
    }

    @Test
    void aliveCountsAlsoThoseThatAreDrained() {
        desk.attach(ONE);
        desk.attach(TWO);
        desk.ask(new Command.DrainAgent("vm-1", ""));
        assertThat(desk.views().status().alive()).isEqualTo(2);
    }

    // ---- stop

    @Test
    void stopOfOneAgentIsForItAloneAndComesWhenItHoldsNothing() {
        desk.agentWithRoom(ONE, 1, 0);
        desk.attach(TWO);
        desk.submit(1);
        desk.ask(new Command.StopAgent("vm-1", "new kernel"));
        assertThat(desk.all(Event.AgentStopReleased.class)).isEmpty();
        assertThat(view("vm-1").state()).isEqualTo(Agent.State.DRAINING);
        desk.ends(ONE, attempt(1, 1, 1), new Ending.Exited(0));
        assertThat(desk.all(Event.AgentStopReleased.class)).extracting(Event.AgentStopReleased::agent).containsExactly(ONE);
        assertThat(view("vm-1").state()).isEqualTo(Agent.State.STOPPING);
        assertThat(view("vm-1").reason()).isEqualTo("new kernel");
        assertThat(view("vm-2").state()).isEqualTo(Agent.State.ALIVE);
    }

    @Test
    void aLaterStartOfAStoppedAgentIsNotStoppedAgain() {
        desk.attach(ONE);
        desk.ask(new Command.StopAgent("vm-1", ""));
        desk.ask(new Command.Goodbye(1, ONE, true));
        var again = agent(1, 2);
        assertThat(desk.ask(attach(9, again, 1)).stop()).isFalse();
        assertThat(view("vm-1").state()).isEqualTo(Agent.State.ALIVE);
        assertThat(desk.all(Event.AgentStopReleased.class)).hasSize(1);
    }

    @Test
    void anAgentThatDoesNotSayGoodbyeIsNotStoppedAgainEither() {
        desk.attach(ONE);
        desk.ask(new Command.StopAgent("vm-1", ""));
        desk.pass(LEASE.plusMillis(1));
        assertThat(desk.ask(attach(9, agent(1, 2), 1)).stop()).isFalse();
        assertThat(desk.all(Event.AgentStopReleased.class)).hasSize(1);
    }

    @Test
    void anAgentThatIsAwayGetsItsStopWhenItIsBack() {
        desk.agentWithRoom(ONE, 1, 0);
        desk.submit(1);
        desk.ask(new Command.StopAgent("vm-1", ""));
        desk.pass(LEASE.plusMillis(1));
        desk.attach(ONE);
        assertThat(desk.all(Event.AgentStopReleased.class)).extracting(Event.AgentStopReleased::agent).containsExactly(ONE);
    }

    @Test
    void aCutStreamDoesNotLoseTheStop() {
        desk.attach(ONE);
        desk.ask(new Command.StopAgent("vm-1", ""));
        var attached = desk.ask(attach(9, ONE, 9));
        assertThat(attached.stop()).isTrue();
        assertThat(attached.stopNow()).isFalse();
    }

    @Test
    void resumeTakesAStopBackThatWasNotSentYetAndNoOther() {
        desk.agentWithRoom(ONE, 1, 0);
        desk.submit(1);
        desk.ask(new Command.StopAgent("vm-1", ""));
        desk.ask(new Command.ResumeAgent("vm-1"));
        desk.ends(ONE, attempt(1, 1, 1), new Ending.Exited(0));
        assertThat(desk.all(Event.AgentStopReleased.class)).isEmpty();
        desk.ask(new Command.StopAgent("vm-1", ""));
        assertThat(desk.refusal(new Command.ResumeAgent("vm-1"))).isEqualTo(Kind.NOT_NOW);
    }

    @Test
    void theStopOfAllAndTheStopOfOneAreOneStop() {
        desk.attach(ONE);
        desk.ask(new Command.StopAgent("vm-1", ""));
        desk.ask(new Command.Stop(false, false));
        assertThat(desk.all(Event.StopReleased.class).getFirst().agents()).isEmpty();
        assertThat(desk.restored().snapshot()).isEqualTo(desk.state.snapshot());
    }

    // ---- gone and remove

    @Test
    void anAgentThatBeatsIsNotGone() {
        desk.agentWithRoom(ONE, 1, 0);
        desk.submit(1);
        desk.pass(Duration.ofSeconds(7));
        assertThat(desk.refusal(new Command.GiveUpAgent("vm-1", ""))).isEqualTo(Kind.NOT_NOW);
        assertThat(desk.refusalText(new Command.GiveUpAgent("vm-1", ""))).contains("'vm-1' beats", "7 s ago");
    }

    @Test
    void whatASilentAgentHeldRunsElsewhereAtOnceWhenItIsSaidToBeGone() {
        desk.agentWithRoom(ONE, 1, 0);
        desk.submit(1);
        desk.pass(SILENT);
        assertThat(desk.ask(new Command.GiveUpAgent("vm-1", "burnt down"))).isEqualTo(new Attempts(1));
        assertThat(desk.all(Event.AttemptsLost.class).getFirst().reason())
                .isEqualTo("somebody said that agent vm-1 is gone: burnt down");
        assertThat(desk.stateOf(1, 1)).isEqualTo(TaskState.QUEUED);
        assertThat(desk.views().agents()).isEmpty();
        desk.attach(ONE, attempt(1, 1, 1));
        assertThat(desk.all(Event.Superseded.class)).hasSize(1);
    }

    @Test
    void aRemovedInstallationIsEndedAndNeverComesBack() {
        desk.agentWithRoom(ONE, 1, 0);
        desk.submit(1);
        assertThat(desk.ask(new Command.RemoveAgent("vm-1", "sold"))).isEqualTo(new Attempts(1));
        assertThat(desk.stateOf(1, 1)).isEqualTo(TaskState.QUEUED);
        assertThat(desk.views().agents()).isEmpty();
        assertThat(desk.refusal(attach(9, agent(1, 2), 1))).isEqualTo(Kind.FORBIDDEN);
        assertThat(desk.refusalText(attach(9, ONE, 2))).contains("removed at 2026-11-01T10:00:00Z (sold)", "--data");
        assertThat(desk.restored().fleet().restraints().removalOf(ONE.instance())).isNotNull();
        desk.attach(new AgentId("vm-1", TWO.instance(), 1));
    }

    @Test
    void alsoADrainedAgentThatIsAwayCanBeRemoved() {
        desk.attach(ONE);
        desk.ask(new Command.DrainAgent("vm-1", ""));
        desk.pass(LEASE.plusMillis(1));
        assertThat(desk.ask(new Command.RemoveAgent("vm-1", ""))).isEqualTo(new Attempts(0));
        assertThat(desk.refusal(attach(9, ONE, 9))).isEqualTo(Kind.FORBIDDEN);
        assertThat(desk.restored().snapshot()).isEqualTo(desk.state.snapshot());
    }

    @Test
    void beyondTheBoundTheFirstRemovedIsForgotten() {
        for (var number = 1; number <= Settings.REMOVED_AGENTS + 1; number++) {
            desk.state.apply(new Event.AgentRemoved(agent(number, 1), "", Instant.EPOCH));
        }
        assertThat(desk.refusal(attach(1, agent(1, 1), 1))).isNull();
        assertThat(desk.refusal(attach(1, agent(2, 1), 1))).isEqualTo(Kind.FORBIDDEN);
    }

    @Test
    void beyondTheBoundNobodyElseIsDrained() {
        for (var number = 2; number <= Settings.RESTRAINED_AGENTS + 1; number++) {
            desk.state.apply(new Event.AgentDrained(agent(number, 1), "", Instant.EPOCH));
        }
        desk.attach(ONE);
        assertThat(desk.refusal(new Command.DrainAgent("vm-1", ""))).isEqualTo(Kind.FULL);
        assertThat(desk.refusal(new Command.DrainAgent("vm-2", ""))).isNull();
    }

    // ---- what is only for them

    @Test
    void stopThatIsAskedForAgainWhileItsAgentIsAwayIsTheSame() {
        desk.attach(ONE);
        desk.ask(new Command.StopAgent("vm-1", ""));
        desk.pass(Duration.ofSeconds(61));
        desk.ask(new Command.StopAgent("vm-1", ""));
        assertThat(desk.all(Event.AgentStopRequested.class)).hasSize(1);
        desk.agentWithRoom(agent(1, 2), 1, 0);
        assertThat(desk.state.fleet().restraints().holdBack(ONE.instance())).isFalse();
    }

    @Test
    void stopIsRefusedIfItWouldWaitForWhatNothingStarts() {
        desk.submit(only("vm-9"), 2);
        desk.attach(ONE);
        desk.submit(only("vm-1"), 1);
        desk.ask(new Command.DrainAgent("vm-1", ""));
        assertThat(desk.refusal(new Command.Stop(false, false))).isEqualTo(Kind.NOT_NOW);
        assertThat(desk.refusalText(new Command.Stop(false, false))).isEqualTo(
                "STOP would never arrive: nothing would start 2 tasks of job 1 (only for agent 'vm-9', which is not there), task 2.1 (only for agent 'vm-1', which takes no tasks); '--skip' leaves them queued and does not wait, 'ganger why 1' tells more");
        assertThat(desk.refusal(new Command.Stop(true, false))).isNull();
    }

    @Test
    void stopThatSkipsLeavesThemQueued() {
        desk.submit(only("vm-9"), 2);
        desk.agentWithRoom(ONE, 1, 0);
        desk.submit(1);
        desk.ask(new Command.Stop(false, true));
        assertThat(desk.views().stop().tasksBefore()).isEqualTo(1);
        assertThat(desk.all(Event.StopReleased.class)).isEmpty();
        desk.ends(ONE, attempt(2, 1, 1), new Ending.Exited(0));
        assertThat(desk.all(Event.StopReleased.class)).extracting(Event.StopReleased::agents).containsExactly(List.of(ONE));
        assertThat(desk.stateOf(1, 1)).isEqualTo(TaskState.QUEUED);
    }

    @Test
    void whatWasSkippedRunsFirstIfItsAgentReturnsInTime() {
        desk.submit(only("vm-2"), 1);
        desk.agentWithRoom(ONE, 1, 0);
        desk.submit(1);
        desk.ask(new Command.Stop(false, true));
        desk.agentWithRoom(TWO, 1, 0);
        desk.ends(ONE, attempt(2, 1, 1), new Ending.Exited(0));
        assertThat(desk.all(Event.StopReleased.class)).isEmpty();
        desk.ends(TWO, attempt(1, 1, 1), new Ending.Exited(0));
        assertThat(desk.all(Event.StopReleased.class).getFirst().agents()).containsExactly(ONE, TWO);
    }

    @Test
    void whetherStopSkipsSurvivesARestart() {
        desk.submit(only("vm-2"), 1);
        desk.submit(1);
        desk.ask(new Command.Stop(false, true));
        assertThat(desk.restored().snapshot()).isEqualTo(desk.state.snapshot());
    }
}
