package dev.ganger.coordinator.core;

import dev.ganger.model.AgentId;
import dev.ganger.model.Ending;
import dev.ganger.model.TaskId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

import static dev.ganger.coordinator.core.Desk.agent;
import static dev.ganger.coordinator.core.Desk.atMost;
import static dev.ganger.coordinator.core.Desk.attempt;
import static dev.ganger.coordinator.core.Desk.only;
import static dev.ganger.coordinator.core.Desk.spec;
import static org.assertj.core.api.Assertions.assertThat;

/** Why tasks and jobs stand as they do, in the sentences that people read. */
final class WhyTest {
    private static final AgentId ONE = agent(1, 1);
    private static final AgentId TWO = agent(2, 1);

    private final Desk desk = new Desk();

    private List<String> why(long job, long index) {
        var why = desk.views().why(new TaskId(job, index));
        return why == null ? List.of("no such task") : why.sentences();
    }

    private List<String> why(long job) {
        var why = desk.views().why(job);
        return why == null ? List.of("no such job") : why.sentences();
    }

    @Test
    void withoutAnyAgent() {
        desk.submit(3);
        assertThat(why(1, 3)).containsExactly(
                "1.3 may run on any agent, and there is none; start one with 'ganger agent run'.",
                "2 tasks are before it, of those that its agents could run.");
    }

    @Test
    void itsOnlyAgentIsNotThere() {
        desk.submit(4);
        desk.submit(only("vm-9"), 1);
        assertThat(why(2, 1)).containsExactly(
                "2.1 may run only on agent 'vm-9', which is not there; start it with 'ganger agent run --name vm-9'.",
                "4 tasks are before it, of those that its agents could run.");
    }

    @Test
    void everyAgentHasSomethingInTheWay() {
        desk.agentWithRoom(ONE, 2, 0);
        desk.submit(2);
        desk.attach(TWO);
        desk.ask(new Command.DrainAgent("vm-2", "new kernel"));
        desk.attach(agent(3, 1));
        desk.ask(new Command.StopAgent("vm-3", ""));
        desk.attach(agent(4, 1));
        desk.submit(1);
        desk.submit(only("vm-2"), 1);
        desk.submit(1);
        assertThat(why(4, 1)).containsExactly("4.1 may run on any agent; there are 4:",
                "vm-1: all 2 slots busy.",
                "vm-2: drained since 2026-11-01T10:00:00Z (new kernel), until 'ganger agent resume vm-2'.",
                "vm-3: got STOP and ends.",
                "vm-4: asks for no tasks now, as with a full spool or while it ends.",
                "1 task is before it, of those that its agents could run.");
    }

    @Test
    void anAgentIsToStopOrSilent() {
        desk.agentWithRoom(ONE, 1, 0);
        desk.submit(only("vm-1"), 2);
        desk.ask(new Command.StopAgent("vm-1", "new kernel"));
        assertThat(why(1, 2)).startsWith(
                "1.2 may run only on agent 'vm-1': to be stopped since 2026-11-01T10:00:00Z (new kernel), takes nothing more.");
        desk.pass(Duration.ofSeconds(30));
        assertThat(why(1, 2)).startsWith("1.2 may run only on agent 'vm-1': silent since 2026-11-01T10:00:00Z.");
    }

    @Test
    void theJobRunsAsManyAsItMay() {
        desk.agentWithRoom(ONE, 2, 0);
        desk.submit(atMost(1), 2);
        assertThat(why(1, 2)).containsExactly(
                "Job 1 runs at most 1 task at once (--max-running), and so many are with agents: 1.2 waits until one of them ends.",
                "1.2 may run on any agent; there is 1:", "vm-1: 1 free slot.", "No task is before it.");
    }

    @Test
    void somebodyHoldsItAndStopSaysSo() {
        desk.submit(1);
        desk.ask(new Command.Hold(new Selection(1, null, Set.of()), "wait for the disk"));
        assertThat(why(1, 1)).containsExactly(
                "1.1 is held (wait for the disk): nothing starts it until 'ganger release 1.1'.");
        assertThat(desk.refusalText(new Command.Stop(false, false))).contains("task 1.1 (held, 'ganger release 1' lets go)");
    }

    @Test
    void stopStandsInFront() {
        desk.submit(1);
        desk.ask(new Command.Stop(false, false));
        desk.submit(1);
        assertThat(why(2, 1)).startsWith(
                "2.1 stands behind STOP, which was asked for at 2026-11-01T10:00:00Z: it waits for agents that are started after that.");
    }

    @Test
    void itIsWithAnAgentOrRuns() {
        desk.agentWithRoom(ONE, 2, 0);
        desk.ask(desk.job("", spec(0, 1), 1, null));
        assertThat(why(1, 1)).containsExactly(
                "1.1 is with agent 'vm-1' since 2026-11-01T10:00:00Z as attempt 1, and starts there as soon as a slot is free.");
        desk.ends(ONE, attempt(1, 1, 1), new Ending.Exited(3));
        desk.ask(new Command.Pull(1, ONE, 0, 2, 0));
        desk.starts(ONE, attempt(1, 1, 2));
        assertThat(why(1, 1)).containsExactly(
                "1.1 runs on agent 'vm-1' as process 4711 since 2026-11-01T10:00:00Z, as attempt 2.",
                "Attempt 1 on agent 'vm-1' exited with code 3, at 2026-11-01T10:00:00Z.");
        desk.ask(new Command.Cancel(1, null, "not needed"));
        assertThat(why(1, 1)).contains("It was cancelled (not needed), and its agent is ending it.");
    }

    @Test
    void nobodyKnowsBecauseItsAgentIsSilent() {
        desk.agentWithRoom(ONE, 1, 0);
        desk.submit(1);
        desk.starts(ONE, attempt(1, 1, 1));
        desk.pass(Duration.ofSeconds(30));
        assertThat(why(1, 1)).containsExactly(
                "1.1 is with agent 'vm-1' as attempt 1, and that agent is silent since 2026-11-01T10:00:00Z: whether it still runs is not known.",
                "If nothing is heard of the agent until 2026-11-01T10:01:00Z, the attempt is lost and the task is queued again, without using up a retry; 'ganger agent gone vm-1' says at once that it is.");
        desk.pass(Duration.ofSeconds(31));
        assertThat(why(1, 1)).contains(
                "Attempt 1 on agent 'vm-1' was lost with its agent (agent vm-1 was silent for more than 1 min 0 s), at 2026-11-01T10:01:01Z.");
    }

    @Test
    void aJobTellsItsCountsAndWhatItsFirstTaskWaitsFor() {
        desk.agentWithRoom(ONE, 2, 0);
        desk.submit(4);
        desk.starts(ONE, attempt(1, 1, 1));
        desk.ends(ONE, attempt(1, 2, 1), new Ending.Exited(0));
        assertThat(why(1)).startsWith("Job 1 has 4 tasks: 2 queued, 1 running, 1 succeeded.",
                "1.3 may run on any agent; there is 1:");
    }

    @Test
    void aFinishedJobTellsWhen() {
        desk.submit(2);
        desk.ask(new Command.Cancel(1, null, ""));
        assertThat(why(1)).containsExactly("Job 1 has 2 tasks: 2 cancelled; it finished at 2026-11-01T10:00:00Z.");
    }

    @Test
    void endingsInWords() {
        var minute = Duration.ofMinutes(1);
        assertThat(List.of(Plain.ending(new Ending.Exited(3), null), Plain.ending(new Ending.Signaled(9), null),
                Plain.ending(new Ending.TimedOut(), minute), Plain.ending(new Ending.TimedOut(), null),
                Plain.ending(new Ending.CannotStart(Ending.Obstacle.NO_SUCH_PROGRAM, ""), null),
                Plain.ending(new Ending.CannotStart(Ending.Obstacle.OTHER, "no memory"), null),
                Plain.ending(new Ending.Lost(""), null), Plain.ending(new Ending.Cancelled("enough"), null)))
                .containsExactly("exited with code 3", "was ended by signal 9",
                        "ran longer than its timeout of 1 min 0 s and was ended", "ran longer than its timeout and was ended",
                        "could not be started: there is no such program", "could not be started: no memory",
                        "was lost with its agent", "was cancelled (enough)");
    }
}
