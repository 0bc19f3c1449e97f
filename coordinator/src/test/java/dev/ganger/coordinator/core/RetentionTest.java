package dev.ganger.coordinator.core;

import dev.ganger.coordinator.core.Command.Submission;
import dev.ganger.coordinator.core.Refusal.Kind;
import dev.ganger.model.Ending;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static dev.ganger.coordinator.core.Desk.agent;
import static dev.ganger.coordinator.core.Desk.spec;
import static org.assertj.core.api.Assertions.assertThat;

/** What is no longer kept, and when. */
final class RetentionTest {
    private final Desk desk = new Desk();

    /** A job with one task that has ended. */
    private void finished(String key) {
        var life = agent(1, 1);
        desk.ask(desk.job(key, spec(0, 0), 1, null));
        desk.agentWithRoom(life, 1, 0);
        desk.heldBy(life).forEach(attempt -> desk.ends(life, attempt, new Ending.Exited(0)));
    }

    @Test
    void onlyAFinishedJobIsForgotten() {
        desk.submit(1);
        assertThat(desk.refusal(new Command.Forget(1))).isEqualTo(Kind.NOT_NOW);
        assertThat(desk.refusal(new Command.Forget(2))).isEqualTo(Kind.NOT_FOUND);
        desk.ask(new Command.Cancel(1, null, ""));
        assertThat(desk.ask(new Command.Forget(1))).isEqualTo(new Command.Forgotten(1));
        assertThat(desk.refusal(new Command.Forget(1))).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void whatIsForgottenCountsNoLongerAndItsPositionIsNotUsedAgain() {
        finished("");
        desk.ask(new Command.Forget(1));
        assertThat(desk.views().status().results()).isZero();
        assertThat(desk.views().job(1)).isNull();
        finished("");
        assertThat(desk.views().status().results()).isEqualTo(1);
        assertThat(desk.all(Event.Finished.class)).extracting(Event.Finished::position).containsExactly(1L, 2L);
    }

    @Test
    void jobsLeaveByThemselvesAsOldAsTheyMayBeFirstFinishedFirst() {
        finished("");
        desk.pass(Duration.ofDays(1));
        finished("");
        desk.pass(Desk.SETTINGS.retain().minusDays(1).minusMillis(1));
        assertThat(desk.all(Event.JobForgotten.class)).isEmpty();
        desk.pass(Duration.ofMillis(1));
        assertThat(desk.all(Event.JobForgotten.class)).extracting(Event.JobForgotten::job).containsExactly(1L);
        desk.pass(Duration.ofDays(1));
        assertThat(desk.all(Event.JobForgotten.class)).extracting(Event.JobForgotten::job).containsExactly(1L, 2L);
    }

    @Test
    void aKeyOutlivesItsJobForAWhile() {
        finished("nightly");
        desk.ask(new Command.Forget(1));
        assertThat(desk.ask(desk.job("nightly", spec(0, 0), 1, null))).isEqualTo(new Submission.Accepted(1, 1, true));
        assertThat(desk.refusal(desk.job("nightly", spec(1, 0), 1, null))).isEqualTo(Kind.CONFLICT);
        desk.pass(Settings.KEY_PATIENCE);
        assertThat(desk.ask(desk.job("nightly", spec(1, 0), 1, null))).isEqualTo(new Submission.Accepted(2, 1, false));
    }

    @Test
    void aSnapshotKnowsWhatWasForgotten() {
        finished("nightly");
        finished("");
        desk.ask(new Command.Forget(1));
        var restored = new State();
        desk.state.snapshot().forEach(restored::apply);
        assertThat(restored.snapshot()).isEqualTo(desk.state.snapshot());
        assertThat(restored.jobs().results()).isEqualTo(1);
        assertThat(restored.keys().holder("me", "nightly")).isNotNull();
        assertThat(restored.jobs().oldestFinished()).extracting(JobProgress::id).isEqualTo(2L);
    }
}
