package dev.ganger.agent.core;

import dev.ganger.model.Argument;
import dev.ganger.model.AttemptId;
import dev.ganger.model.Bytes;
import dev.ganger.model.Ending;
import dev.ganger.model.JobSpec;
import dev.ganger.model.Limits;
import dev.ganger.model.Run;
import dev.ganger.model.StreamOutput;
import dev.ganger.model.TaskLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What an agent does about what it hears. */
final class AgentCoreTest {
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final Duration BEAT = Duration.ofSeconds(10);
    private static final AttemptId FIRST = new AttemptId(1, 1, 1);
    private static final AttemptId SECOND = new AttemptId(1, 2, 1);

    private final AgentCore core = new AgentCore(1, null, List.of());
    private long now = 1_000;
    private long grants;

    private List<Action> hears(Input... inputs) {
        var actions = new ArrayList<Action>();
        for (var input : inputs) {
            actions.addAll(core.hear(input, moment()));
        }
        actions.addAll(core.flush(moment()));
        return actions;
    }

    private Moment moment() {
        return new Moment(now, Instant.EPOCH.plusMillis(now));
    }

    private List<Action> isWelcomed() {
        grants = 0;
        return hears(new Input.Opened(), new Input.Welcomed(LEASE, BEAT), new Input.BeatAnswered(Long.MAX_VALUE));
    }

    private List<Action> isGranted(AttemptId... attempts) {
        return hears(grant(++grants, attempts));
    }

    private static Input.Granted grant(long number, AttemptId... attempts) {
        return new Input.Granted(number, false,
                Stream.of(attempts).map(attempt -> new Assignment(attempt, spec(), null)).toList());
    }

    private static JobSpec spec() {
        return JobSpec.of(List.of(Argument.literal(Bytes.utf8("true"))))
                .with(new TaskLimits(Duration.ofMinutes(10), Duration.ofSeconds(10), Limits.OUTPUT_BYTES));
    }

    private List<Action> ends(AttemptId attempt) {
        return hears(new Input.Ended(attempt, Run.unseen(Instant.EPOCH, new Ending.Exited(0))));
    }

    private static List<AttemptId> started(List<Action> actions) {
        return actions.stream().filter(Action.Start.class::isInstance)
                .map(action -> ((Action.Start) action).assignment().attempt()).toList();
    }

    private static List<Action.Over> reported(List<Action> actions) {
        return actions.stream().filter(Action.Report.class::isInstance)
                .flatMap(action -> ((Action.Report) action).ended().stream()).toList();
    }

    private static List<AttemptId> returned(List<Action> actions) {
        return actions.stream().filter(Action.Report.class::isInstance)
                .flatMap(action -> ((Action.Report) action).returned().stream()).toList();
    }

    @Test
    void itIntroducesItselfBeforeAnythingElse() {
        assertThat(hears(new Input.Tick())).containsExactly(new Action.Connect());
        assertThat(hears(new Input.Opened())).containsExactly(new Action.Beat(true, 1, 0, List.of()));
        assertThat(hears(new Input.Welcomed(LEASE, BEAT))).containsExactly(new Action.Pull(0, 1, 0));
    }

    @Test
    void itStartsAsManyAsItHasSlots() {
        isWelcomed();
        assertThat(started(isGranted(FIRST, SECOND))).containsExactly(FIRST);
        assertThat(started(ends(FIRST))).containsExactly(SECOND);
    }

    @Test
    void aGrantThatIsHeardTwiceCountsOnce() {
        isWelcomed();
        isGranted(FIRST);
        ends(FIRST);
        hears(new Input.Recorded(List.of(FIRST)));
        assertThat(started(hears(grant(1, FIRST)))).isEmpty();
    }

    @Test
    void itStartsNothingPastItsLease() {
        isWelcomed();
        isGranted(FIRST, SECOND);
        hears(new Input.Disconnected());
        now += LEASE.toMillis();
        assertThat(started(ends(FIRST))).isEmpty();
        assertThat(core.holds()).containsExactlyInAnyOrder(FIRST, SECOND);
    }

    @Test
    void whatIsSupersededBeforeTheLeaseIsRenewedDoesNotStart() {
        isWelcomed();
        isGranted(FIRST, SECOND);
        hears(new Input.Disconnected());
        now += LEASE.toMillis();
        ends(FIRST);
        var actions = hears(new Input.Opened(), new Input.Welcomed(LEASE, BEAT), new Input.Superseded(List.of(SECOND)),
                new Input.BeatAnswered(Long.MAX_VALUE));
        assertThat(started(actions)).isEmpty();
    }

    @Test
    void theSequenceOfBeatsGoesOnFromStreamToStream() {
        isWelcomed();
        hears(new Input.Disconnected());
        assertThat(hears(new Input.Opened())).contains(new Action.Beat(true, 2, 0, List.of()));
    }

    @Test
    void whatIsNotRecordedIsSaidAgainOnANewStream() {
        isWelcomed();
        isGranted(FIRST);
        assertThat(reported(ends(FIRST))).extracting(Action.Over::attempt).containsExactly(FIRST);
        hears(new Input.Disconnected());
        assertThat(reported(isWelcomed())).extracting(Action.Over::attempt).containsExactly(FIRST);
        hears(new Input.Recorded(List.of(FIRST)));
        assertThat(core.holds()).isEmpty();
    }

    @Test
    void cancelEndsWhatRunsAndReportsWhatWaits() {
        isWelcomed();
        isGranted(FIRST, SECOND);
        var actions = hears(new Input.CancelAsked(List.of(FIRST, SECOND)));
        assertThat(actions).contains(new Action.End(FIRST));
        assertThat(reported(actions)).extracting(over -> over.run().ending()).containsExactly(new Ending.Cancelled(""));
        assertThat(reported(ends(FIRST))).extracting(over -> over.run().ending()).containsExactly(new Ending.Cancelled(""));
    }

    @Test
    void onlyWhatHasNotStartedIsGivenBackWhenRecalled() {
        isWelcomed();
        isGranted(FIRST, SECOND);
        assertThat(returned(hears(new Input.Recalled(List.of(FIRST, SECOND))))).containsExactly(SECOND);
    }

    @Test
    void whatRunsTooLongIsEndedAsTimedOut() {
        isWelcomed();
        isGranted(FIRST);
        now += Duration.ofMinutes(10).toMillis();
        assertThat(hears(new Input.Tick())).contains(new Action.End(FIRST));
        assertThat(reported(ends(FIRST))).extracting(over -> over.run().ending()).containsExactly(new Ending.TimedOut());
    }

    @Test
    void stopFinishesWhatRunsAndGivesBackWhatWaits() {
        isWelcomed();
        isGranted(FIRST, SECOND);
        assertThat(returned(hears(new Input.StopAsked(false)))).containsExactly(SECOND);
        ends(FIRST);
        assertThat(hears(new Input.Recorded(List.of(FIRST, SECOND)))).containsSubsequence(new Action.Goodbye(true),
                new Action.Leave());
    }

    @Test
    void itDoesNotLeaveWithAResultThatNobodyHasHeard() {
        isWelcomed();
        isGranted(FIRST);
        hears(new Input.Disconnected(), new Input.Drain());
        assertThat(ends(FIRST)).doesNotContain(new Action.Leave());
        assertThat(isWelcomed()).doesNotContain(new Action.Leave());
        assertThat(hears(new Input.Recorded(List.of(FIRST)))).contains(new Action.Leave());
    }

    @Test
    void whatEndedIsKeptBeforeItIsReportedAndForgottenWhenItIsRecorded() {
        isWelcomed();
        isGranted(FIRST);
        var run = Run.unseen(Instant.EPOCH, new Ending.Exited(0));
        assertThat(ends(FIRST)).containsSubsequence(new Action.Keep(new Action.Over(FIRST, run)),
                new Action.Report(List.of(), List.of(new Action.Over(FIRST, run)), List.of()));
        assertThat(hears(new Input.Recorded(List.of(FIRST)))).contains(new Action.Forget(FIRST));
    }

    @Test
    void aResultIsReportedWhenItsOutputIsStored() {
        isWelcomed();
        isGranted(FIRST);
        assertThat(reported(hears(new Input.Ended(FIRST, wrote(100_000))))).isEmpty();
        hears(new Input.Disconnected());
        assertThat(reported(isWelcomed())).isEmpty();
        assertThat(hears(new Input.Recorded(List.of(FIRST)))).doesNotContain(new Action.Forget(FIRST));
        assertThat(reported(hears(new Input.OutputStored(FIRST)))).extracting(Action.Over::attempt).containsExactly(FIRST);
    }

    private static Run wrote(long bytes) {
        var stdout = new StreamOutput(bytes, StreamOutput.NOTHING.sha256(), 0, Bytes.EMPTY);
        return new Run(1, Instant.EPOCH, Instant.EPOCH, new Ending.Exited(0), Duration.ZERO, Duration.ZERO, 0, 0, stdout,
                StreamOutput.NOTHING);
    }

    @Test
    void whatAFormerLifeKeptIsListedAndReported() {
        var kept = new Action.Over(FIRST, Run.unseen(Instant.EPOCH, new Ending.Exited(3)));
        var reborn = new AgentCore(1, null, List.of(kept));
        assertThat(reborn.hear(new Input.Opened(), moment())).containsExactly(new Action.Beat(true, 1, 0, List.of(FIRST)));
        reborn.hear(new Input.Welcomed(LEASE, BEAT), moment());
        assertThat(reported(reborn.flush(moment()))).containsExactly(kept);
    }

    @Test
    void aScarceSpoolPullsNothingAndGoesOnWhenThereIsRoom() {
        isWelcomed();
        assertThat(hears(new Input.SpoolFilled(true))).containsExactly(new Action.Pull(0, 0, 0));
        assertThat(hears(new Input.SpoolFilled(false))).containsExactly(new Action.Pull(0, 1, 0));
    }

    @Test
    void anAgentThatIsToEndNowLeavesWhatIsNotStoredToItsNextLife() {
        isWelcomed();
        isGranted(FIRST);
        hears(new Input.Ended(FIRST, wrote(100_000)));
        assertThat(hears(new Input.EndNow())).doesNotContain(new Action.Leave());
        now += core.millisUntilDue(now);
        for (var beats = 0; beats < 10 && now < 100_000; beats++) {
            now += 1_000;
            hears(new Input.BeatAnswered(Long.MAX_VALUE));
        }
        assertThat(hears(new Input.Tick())).isEmpty();
        assertThat(core.holds()).containsExactly(FIRST);
    }

    @Test
    void nothingIsKeptOfWhatIsGivenBackOrNoLongerOurs() {
        isWelcomed();
        isGranted(FIRST);
        hears(new Input.Superseded(List.of(FIRST)));
        assertThat(ends(FIRST)).contains(new Action.Forget(FIRST)).noneMatch(Action.Keep.class::isInstance);
    }

    @Test
    void endNowGivesBackWhatRuns() {
        isWelcomed();
        isGranted(FIRST);
        assertThat(hears(new Input.EndNow())).contains(new Action.End(FIRST));
        assertThat(returned(ends(FIRST))).containsExactly(FIRST);
    }
}
