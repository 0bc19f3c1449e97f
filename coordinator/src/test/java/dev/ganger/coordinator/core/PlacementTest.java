package dev.ganger.coordinator.core;

import dev.ganger.coordinator.core.Command.Submission;
import dev.ganger.coordinator.core.Refusal.Kind;
import dev.ganger.model.AgentId;
import dev.ganger.model.Ending;
import dev.ganger.model.Order;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

import static dev.ganger.coordinator.core.Desk.agent;
import static dev.ganger.coordinator.core.Desk.atMost;
import static dev.ganger.coordinator.core.Desk.attempt;
import static dev.ganger.coordinator.core.Desk.only;
import static dev.ganger.coordinator.core.Desk.spec;
import static org.assertj.core.api.Assertions.assertThat;

/** Where tasks run, and how many of a job at once. */
final class PlacementTest {
    private static final AgentId ONE = agent(1, 1);
    private static final AgentId TWO = agent(2, 1);
    private static final Ending SUCCESS = new Ending.Exited(0);

    private final Desk desk = new Desk();

    // ---- one agent only

    @Test
    void aTaskForOneAgentWaitsForItAndHoldsNobodyUp() {
        desk.submit(only("vm-2"), 2);
        desk.submit(1);
        desk.agentWithRoom(ONE, 4, 0);
        assertThat(desk.heldBy(ONE)).containsExactly(attempt(2, 1, 1));
        desk.agentWithRoom(TWO, 4, 0);
        assertThat(desk.heldBy(TWO)).containsExactly(attempt(1, 1, 1), attempt(1, 2, 1));
    }

    @Test
    void anAgentGetsWhatItMayRunInTheOrderInWhichItCame() {
        desk.submit(1);
        desk.submit(only("vm-1"), 1);
        desk.submit(1);
        desk.submit(only("vm-1"), 1);
        desk.ask(desk.job("", spec(new Order(5, 0, "vm-1")), 1, null));
        desk.agentWithRoom(ONE, 4, 0);
        assertThat(desk.heldBy(ONE)).containsExactly(attempt(5, 1, 1), attempt(1, 1, 1), attempt(2, 1, 1), attempt(3, 1, 1));
    }

    @Test
    void tasksForAnyAgentSpreadOverTheRoomThatIsLeft() {
        desk.submit(only("vm-1"), 2);
        desk.submit(4);
        desk.attach(ONE);
        desk.agentWithRoom(TWO, 3, 0);
        assertThat(desk.heldBy(TWO)).hasSize(3);
        desk.ask(new Command.Pull(1, ONE, 0, 3, 0));
        assertThat(desk.heldBy(ONE)).containsExactly(attempt(1, 1, 1), attempt(1, 2, 1), attempt(2, 4, 1));
    }

    @Test
    void theSpreadIsBlindToTasksThatNobodyHereMayRun() {
        desk.submit(only("vm-9"), 7);
        desk.agentWithRoom(ONE, 4, 0);
        desk.agentWithRoom(TWO, 2, 0);
        desk.submit(3);
        assertThat(desk.heldBy(ONE)).hasSize(2);
        assertThat(desk.heldBy(TWO)).hasSize(1);
    }

    @Test
    void whatOnlyOneAgentMayRunIsNotCalledBackForAnother() {
        desk.agentWithRoom(ONE, 2, 2);
        desk.submit(only("vm-1"), 3);
        desk.submit(1);
        desk.agentWithRoom(TWO, 1, 0);
        assertThat(desk.all(Event.Recalled.class)).containsExactly(new Event.Recalled(ONE, List.of(attempt(2, 1, 1))));
    }

    @Test
    void whatIsCalledBackGoesWhereItMayRunAlsoBehindTasksOfAnAbsentAgent() {
        desk.submit(only("vm-9"), 3);
        desk.agentWithRoom(ONE, 2, 2);
        desk.submit(4);
        desk.agentWithRoom(TWO, 1, 0);
        desk.gives(ONE, attempt(2, 4, 1));
        assertThat(desk.heldBy(TWO)).containsExactly(attempt(2, 4, 2));
    }

    /** Side by side: a cost that grew with the tasks in front would be a thousand times as much. */
    @Test
    void tasksOfAnAbsentAgentCostTheOthersNothing() {
        var ratio = Double.MAX_VALUE;
        for (var round = 0; round < 5 && ratio > 3; round++) {
            ratio = DispatchMeasure.nanosATask(1_000_000, 20_000) / DispatchMeasure.nanosATask(0, 20_000);
        }
        assertThat(ratio).isLessThan(3);
    }

    // ---- a task for each agent

    @Test
    void eachAgentThatTakesTasksGetsItsOwn() {
        desk.agentWithRoom(TWO, 2, 0);
        desk.agentWithRoom(ONE, 2, 0);
        assertThat(desk.ask(desk.eachAgent("", spec(0, 0)))).isEqualTo(new Submission.Accepted(1, 2, false));
        assertThat(desk.heldBy(ONE)).containsExactly(attempt(1, 1, 1));
        assertThat(desk.heldBy(TWO)).containsExactly(attempt(1, 2, 1));
        assertThat(desk.all(Event.Submitted.class).getFirst().agents()).containsExactly("vm-1", "vm-2");
    }

    @Test
    void agentsThatAreSilentOrTakeNothingGetNoTaskOfTheirOwn() {
        desk.agentWithRoom(ONE, 2, 0);
        desk.agentWithRoom(TWO, 2, 0);
        desk.attach(agent(3, 1));
        desk.attach(agent(4, 1));
        desk.ask(new Command.DrainAgent("vm-3", ""));
        desk.ask(new Command.StopAgent("vm-4", ""));
        desk.pass(Desk.SETTINGS.beat().multipliedBy(2).plusMillis(1));
        desk.beat(ONE, 1, 0);
        desk.beat(agent(3, 1), 3, 0);
        desk.beat(agent(4, 1), 4, 0);
        desk.ask(desk.eachAgent("", spec(0, 0)));
        assertThat(desk.all(Event.Submitted.class).getFirst().agents()).containsExactly("vm-1");
    }

    @Test
    void withoutAnAgentATaskForEachIsRefused() {
        assertThat(desk.refusal(desk.eachAgent("", spec(0, 0)))).isEqualTo(Kind.NOT_NOW);
    }

    @Test
    void theSameKeyIsTheSameJobAlsoWithMoreAgentsLater() {
        desk.agentWithRoom(ONE, 2, 0);
        desk.ask(desk.eachAgent("k", spec(0, 0)));
        desk.agentWithRoom(TWO, 2, 0);
        assertThat(desk.ask(desk.eachAgent("k", spec(0, 0)))).isEqualTo(new Submission.Accepted(1, 1, true));
    }

    @Test
    void aTaskForEachAgentThatWaitedForRoomIsForThoseThatAreThereThen() {
        desk.submit(10);
        desk.attach(ONE);
        desk.ask(desk.eachAgent("", spec(0, 0)));
        desk.attach(TWO);
        desk.ask(new Command.Cancel(1, null, ""));
        assertThat(desk.all(Event.Submitted.class).getLast().agents()).containsExactly("vm-1", "vm-2");
    }

    @Test
    void tasksThatLeftOutOfOrderSurviveARestart() {
        desk.attach(ONE);
        desk.agentWithRoom(TWO, 2, 0);
        desk.ask(desk.eachAgent("", spec(0, 0)));
        assertThat(desk.heldBy(TWO)).containsExactly(attempt(1, 2, 1));
        var replayed = desk.restored();
        assertThat(replayed.snapshot()).isEqualTo(desk.state.snapshot());
        var job = replayed.job(1);
        assertThat(job == null ? -1 : job.nextAttempt(0)).isEqualTo(1);
    }

    // ---- how many at once

    @Test
    void noMoreOfAJobRunThanItAllowsAndTheNextFollowsAtOnce() {
        desk.submit(atMost(2), 4);
        desk.submit(1);
        desk.agentWithRoom(ONE, 2, 0);
        desk.agentWithRoom(TWO, 2, 0);
        assertThat(desk.heldBy(ONE)).containsExactly(attempt(1, 1, 1), attempt(1, 2, 1));
        assertThat(desk.heldBy(TWO)).containsExactly(attempt(2, 1, 1));
        assertThat(desk.state.queued()).isEqualTo(2);
        desk.ends(ONE, attempt(1, 1, 1), SUCCESS);
        assertThat(desk.all(Event.Leased.class).getLast().grants().getFirst().indices().first()).isEqualTo(3);
    }

    @Test
    void aTaskThatWouldWaitAtAnAgentWhileItsJobIsBoundedIsNotSentAhead() {
        desk.agentWithRoom(ONE, 1, 5);
        desk.submit(atMost(3), 3);
        desk.submit(1);
        assertThat(desk.heldBy(ONE)).containsExactly(attempt(1, 1, 1), attempt(2, 1, 1));
    }

    @Test
    void aBoundIsForAllAgentsTogether() {
        desk.attach(ONE);
        desk.attach(TWO);
        desk.ask(desk.eachAgent("", atMost(1)));
        desk.ask(new Command.Pull(1, ONE, 0, 1, 0));
        desk.ask(new Command.Pull(2, TWO, 0, 1, 0));
        assertThat(desk.heldBy(ONE)).hasSize(1);
        assertThat(desk.heldBy(TWO)).isEmpty();
        desk.ends(ONE, attempt(1, 1, 1), SUCCESS);
        assertThat(desk.heldBy(TWO)).hasSize(1);
    }

    @Test
    void alsoALostTaskMakesRoomForTheNext() {
        desk.agentWithRoom(ONE, 1, 0);
        desk.submit(atMost(1), 2);
        desk.pass(Desk.SETTINGS.lease().plus(Duration.ofMillis(1)));
        desk.agentWithRoom(TWO, 2, 0);
        assertThat(desk.heldBy(TWO)).containsExactly(attempt(1, 1, 2));
    }
}
