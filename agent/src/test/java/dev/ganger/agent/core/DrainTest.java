package dev.ganger.agent.core;

import dev.ganger.model.Argument;
import dev.ganger.model.AttemptId;
import dev.ganger.model.Bytes;
import dev.ganger.model.Ending;
import dev.ganger.model.JobSpec;
import dev.ganger.model.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How long an agent that is to end waits for what runs. */
final class DrainTest {
    private static final AttemptId RUNNING = new AttemptId(1, 1, 1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private long now = 1_000;

    private AgentCore working(@Nullable Duration patience) {
        var core = new AgentCore(1, patience, List.of());
        var spec = JobSpec.of(List.of(Argument.literal(Bytes.utf8("true"))));
        hears(core, new Input.Opened(), new Input.Welcomed(Duration.ofDays(10), Duration.ofDays(1)), new Input.BeatAnswered(1),
                new Input.Granted(1, false, List.of(new Assignment(RUNNING, spec, null))));
        return core;
    }

    private List<Action> hears(AgentCore core, Input... inputs) {
        var when = new Moment(now, Instant.EPOCH.plusMillis(now));
        var actions = new ArrayList<Action>();
        for (var input : inputs) {
            actions.addAll(core.hear(input, when));
        }
        actions.addAll(core.flush(when));
        return actions;
    }

    private List<Action> afterMillis(long millis, AgentCore core, Input... inputs) {
        now += millis;
        return hears(core, inputs);
    }

    private static Input ended() {
        return new Input.Ended(RUNNING, Run.unseen(Instant.EPOCH, new Ending.Exited(0)));
    }

    private void assertEndsWhatRunsAfterItsPatience(Input asked) {
        var core = working(PATIENCE);
        assertThat(hears(core, asked)).doesNotContain(new Action.End(RUNNING));
        assertThat(core.millisUntilDue(now)).isEqualTo(PATIENCE.toMillis());
        assertThat(afterMillis(PATIENCE.toMillis() - 1, core, new Input.Tick())).isEmpty();
        assertThat(afterMillis(1, core, new Input.Tick())).containsExactly(new Action.LosePatience(), new Action.End(RUNNING));
        assertThat(afterMillis(1_000, core, new Input.Tick())).as("said once").isEmpty();
        assertThat(hears(core, ended())).contains(new Action.Report(List.of(), List.of(), List.of(RUNNING)));
        assertThat(hears(core, new Input.Recorded(List.of(RUNNING)))).contains(new Action.Leave());
    }

    @Test
    void aDrainThatTakesTooLongGivesBackWhatRuns() {
        assertEndsWhatRunsAfterItsPatience(new Input.Drain());
    }

    @Test
    void soDoesStop() {
        assertEndsWhatRunsAfterItsPatience(new Input.StopAsked(false));
    }

    @Test
    void itsTimeCountsFromWhenItWasFirstAskedFor() {
        var core = working(PATIENCE);
        hears(core, new Input.StopAsked(false));
        afterMillis(20_000, core, new Input.Drain());
        assertThat(afterMillis(10_000, core, new Input.Tick())).contains(new Action.End(RUNNING));
    }

    @Test
    void whatFinishesInTimeIsReported() {
        var core = working(PATIENCE);
        hears(core, new Input.Drain());
        assertThat(afterMillis(29_000, core, ended())).anyMatch(Action.Keep.class::isInstance)
                .doesNotContain(new Action.LosePatience());
        assertThat(hears(core, new Input.Recorded(List.of(RUNNING)))).contains(new Action.Leave());
        assertThat(afterMillis(60_000, core, new Input.Tick())).isEmpty();
    }

    @Test
    void withNoPatienceAtAllItEndsWhatRunsAtOnce() {
        assertThat(hears(working(Duration.ZERO), new Input.Drain())).contains(new Action.End(RUNNING));
    }

    @Test
    void unlessItIsSaidItWaitsAsLongAsItTakes() {
        var core = working(null);
        hears(core, new Input.Drain());
        assertThat(afterMillis(Duration.ofDays(5).toMillis(), core, new Input.Tick())).doesNotContain(new Action.End(RUNNING));
    }

    @Test
    void afterAnEndThatWasAskedForNothingIsSaidOfPatience() {
        var core = working(PATIENCE);
        hears(core, new Input.Drain());
        assertThat(afterMillis(1_000, core, new Input.EndNow())).contains(new Action.End(RUNNING));
        assertThat(afterMillis(60_000, core, new Input.Tick())).doesNotContain(new Action.LosePatience());
    }

    @Test
    void anAgentThatWorksHasAllTheTimeThereIs() {
        var core = working(PATIENCE);
        assertThat(afterMillis(Duration.ofHours(1).toMillis(), core, new Input.Tick())).isEmpty();
    }
}
