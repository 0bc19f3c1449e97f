package dev.ganger.coordinator.api;

import dev.ganger.proto.v1.AttachResponse;
import dev.ganger.proto.v1.AttemptId;
import dev.ganger.proto.v1.CancelJobRequest;
import dev.ganger.proto.v1.ForgetJobRequest;
import dev.ganger.proto.v1.IndexRange;
import dev.ganger.proto.v1.Indices;
import dev.ganger.proto.v1.JobServiceGrpc;
import dev.ganger.proto.v1.JobSpec;
import dev.ganger.proto.v1.OutputStream;
import dev.ganger.proto.v1.ReadOutputRequest;
import dev.ganger.proto.v1.ReadResultsRequest;
import dev.ganger.proto.v1.ResultServiceGrpc;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import static dev.ganger.coordinator.api.ContractClient.array;
import static dev.ganger.coordinator.api.ContractClient.spec;
import static dev.ganger.coordinator.api.ScriptedAgent.instance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Output from the agent that uploads it to whoever reads or follows it. */
final class OutputApiTest extends ServedCoordinator {
    private static final AttemptId NOBODYS = AttemptId.newBuilder().setJob(99).setIndex(1).setNumber(1).build();

    /** A job of some tasks that all run on one agent now. */
    private Running run(JobSpec spec, int tasks) {
        var job = client.submitted(array(spec, tasks));
        var agent = ScriptedAgent.attached(channel, "vm-1", instance(1));
        agent.pull(0, tasks);
        return new Running(job, agent, ScriptedAgent.attempts(agent.grant()), new ScriptedUpload(channel));
    }

    private record Running(long job, ScriptedAgent agent, List<AttemptId> attempts, ScriptedUpload upload) {
        AttemptId attempt(int index) {
            return attempts.get(index - 1);
        }

        void ends(int index, int code, String stdout) {
            agent.reportExit(attempt(index), code, stdout);
            agent.hear(AttachResponse::hasRecorded);
        }

        void endsUploaded(AttemptId attempt, int code, long bytes, long dropped) {
            agent.reportUploaded(attempt, code, bytes, dropped);
            agent.hear(AttachResponse::hasRecorded);
        }
    }

    private static ReadOutputRequest.Builder read(long job) {
        return ReadOutputRequest.newBuilder().setJob(job);
    }

    private static ReadOutputRequest follow(long job) {
        return read(job).setFollow(true).build();
    }

    @Test
    void whatATaskWritesIsFollowedAsItComesAndItsResultComesLast() {
        var running = run(spec("x"), 1);
        var reader = new OutputReader(channel, follow(running.job()));
        running.upload().out(running.attempt(1), 0, "one ");
        reader.awaitText("1#1 out", "one ");
        running.upload().out(running.attempt(1), 4, "two");
        reader.awaitText("1#1 out", "one two");
        running.upload().lastOut(running.attempt(1), 7, "");
        running.endsUploaded(running.attempt(1), 0, 7, 0);
        reader.awaitEnd();
        assertThat(reader.heard).containsExactly("1#1 out 0: one ", "1#1 out 4: two", "1 final");
    }

    @Test
    void whatIsSaidAgainIsPassedOverAndWhatIsMissingIsSeen() {
        var running = run(spec("x"), 1);
        running.upload().out(running.attempt(1), 0, "abc");
        running.upload().out(running.attempt(1), 1, "bcde");
        running.upload().lastOut(running.attempt(1), 8, "ij");
        assertThat(OutputReader.all(channel, read(running.job()).build()).heard).last().isEqualTo("1#1 out 8: ij");
        running.endsUploaded(running.attempt(1), 0, 10, 0);
        var reader = OutputReader.all(channel, read(running.job()).build());
        assertThat(reader.text("1#1 out")).isEqualTo("abcdeij");
        assertThat(reader.heard).contains("1#1 out 8: ij").last().isEqualTo("1 final");
    }

    @Test
    void withoutFollowingItComesTaskByTask() {
        var running = run(spec("x"), 4);
        running.ends(3, 0, "third");
        running.upload().lastOut(running.attempt(1), 0, "first");
        running.endsUploaded(running.attempt(1), 1, 5, 0);
        running.upload().lastOut(running.attempt(4), 0, "fourth so far");
        assertThat(OutputReader.all(channel, read(running.job()).build()).heard).containsExactly("1#1 out 0: first", "1 final",
                "3#1 out 0: third", "3 final", "4#1 out 0: fourth so far");
        var some = read(running.job()).setIndices(Indices.newBuilder()
                .addRanges(IndexRange.newBuilder().setFirst(3).setLast(4).setStep(1)));
        assertThat(OutputReader.all(channel, some.build()).heard).hasSize(3);
        assertThat(OutputReader.all(channel, some.addStreams(OutputStream.OUTPUT_STREAM_STDERR).build()).heard)
                .containsExactly("3 final");
    }

    @Test
    void aFollowerThatIsCutGoesOnAtTheByte() {
        var running = run(spec("x"), 3);
        var reader = new OutputReader(channel, follow(running.job()));
        running.upload().out(running.attempt(1), 0, "abc");
        reader.awaitText("1#1 out", "abc");
        reader.cutAndGoOn();
        running.ends(2, 0, "two");
        reader.await(() -> reader.heard.contains("2 final"));
        running.upload().out(running.attempt(1), 3, "def");
        reader.cutAndGoOn();
        running.upload().lastOut(running.attempt(1), 6, "ghi");
        running.endsUploaded(running.attempt(1), 0, 9, 0);
        reader.cutAndGoOn();
        running.ends(3, 0, "three");
        reader.awaitEnd();
        assertThat(reader.text("1#1 out")).isEqualTo("abcdefghi");
        assertThat(reader.text("2#1 out")).isEqualTo("two");
        assertThat(reader.text("3#1 out")).isEqualTo("three");
        assertThat(reader.heard).filteredOn(line -> line.endsWith("final")).containsExactlyInAnyOrder("1 final", "2 final",
                "3 final");
    }

    @Test
    void wholeLinesAreNotMixed() {
        var running = run(spec("x"), 2);
        var reader = new OutputReader(channel, read(running.job()).setFollow(true).setWholeLines(true).build());
        running.upload().out(running.attempt(1), 0, "one\ntw");
        running.upload().out(running.attempt(2), 0, "ONE\n");
        reader.awaitText("1#1 out", "one\n");
        reader.awaitText("2#1 out", "ONE\n");
        running.upload().lastOut(running.attempt(1), 6, "o\nthree");
        reader.awaitText("1#1 out", "one\ntwo\n");
        running.endsUploaded(running.attempt(1), 0, 13, 0);
        running.ends(2, 0, "ONE\n");
        reader.awaitEnd();
        assertThat(reader.text("1#1 out")).isEqualTo("one\ntwo\nthree");
        assertThat(reader.text("2#1 out")).isEqualTo("ONE\n");
    }

    @Test
    void theLastLinesOfWhatIsThereAndThenAllThatComes() {
        var running = run(spec("x"), 2);
        running.ends(2, 0, "a\nb\nc\n");
        running.upload().lastOut(running.attempt(1), 0, "1\n2\n3");
        var stored = OutputReader.all(channel, read(running.job()).setTail(2).build());
        assertThat(stored.text("2#1 out")).isEqualTo("b\nc\n");
        assertThat(stored.text("1#1 out")).isEqualTo("2\n3");
        var reader = new OutputReader(channel, read(running.job()).setFollow(true).setTail(1).build());
        reader.await(() -> reader.heard.contains("2 final"));
        reader.cutAndGoOn();
        running.upload().lastOut(running.attempt(1), 5, "4\n");
        running.endsUploaded(running.attempt(1), 0, 7, 0);
        reader.awaitEnd();
        assertThat(reader.text("2#1 out")).isEqualTo("c\n");
        assertThat(reader.text("1#1 out")).isEqualTo("34\n");
    }

    @Test
    void ofAStreamLongerThanItsLimitTheStartAndTheEndAreKept() {
        var running = run(spec("x").toBuilder().setOutputLimit(7).build(), 1);
        running.upload().out(running.attempt(1), 0, "0123456789");
        running.upload().lastOut(running.attempt(1), 10, "abcdefghij");
        running.endsUploaded(running.attempt(1), 0, 20, 13);
        assertThat(OutputReader.all(channel, read(running.job()).build()).heard).containsExactly("1#1 out 0: 012",
                "1#1 out 16: ghij", "1 final");
    }

    @Test
    void eachAttemptHasItsOwnOutput() {
        var running = run(spec("x").toBuilder().setRetries(1).build(), 1);
        var follower = new OutputReader(channel, read(running.job()).setFollow(true).setEveryAttempt(true).build());
        running.upload().lastOut(running.attempt(1), 0, "broken");
        running.endsUploaded(running.attempt(1), 1, 6, 0);
        running.agent().pull(1, 1);
        var second = ScriptedAgent.attempts(running.agent().grant()).getFirst();
        var late = new OutputReader(channel, read(running.job()).setFollow(true).setEveryAttempt(true).build());
        running.upload().lastOut(second, 0, "fine");
        running.endsUploaded(second, 0, 4, 0);
        follower.awaitEnd();
        late.awaitEnd();
        assertThat(late.heard).containsExactly("1#1 out 0: broken", "1#2 out 0: fine", "1 final");
        assertThat(OutputReader.all(channel, follow(running.job())).heard).containsExactly("1#2 out 0: fine", "1 final");
        assertThat(follower.heard).containsExactly("1#1 out 0: broken", "1#2 out 0: fine", "1 final");
        assertThat(OutputReader.all(channel, read(running.job()).build()).heard).containsExactly("1#2 out 0: fine", "1 final");
        assertThat(OutputReader.all(channel, read(running.job()).setAttempt(1).build()).heard)
                .containsExactly("1#1 out 0: broken", "1 final");
    }

    @Test
    void anAttemptThatIsOverIsFollowedWhileItsTaskWaitsForTheNext() {
        var running = run(spec("x").toBuilder().setRetries(1).build(), 1);
        running.upload().lastOut(running.attempt(1), 0, "broken");
        running.endsUploaded(running.attempt(1), 1, 6, 0);
        var every = new OutputReader(channel, read(running.job()).setFollow(true).setEveryAttempt(true).build());
        var first = new OutputReader(channel, read(running.job()).setFollow(true).setAttempt(1).build());
        first.awaitText("1#1 out", "broken");
        running.agent().pull(1, 1);
        var second = ScriptedAgent.attempts(running.agent().grant()).getFirst();
        first.awaitEnd();
        running.upload().out(second, 0, "fi");
        every.awaitText("1#2 out", "fi");
        running.upload().lastOut(second, 2, "ne");
        running.endsUploaded(second, 0, 4, 0);
        every.awaitEnd();
        assertThat(every.text("1#1 out")).isEqualTo("broken");
        assertThat(every.text("1#2 out")).isEqualTo("fine");
        assertThat(OutputReader.all(channel, read(running.job()).setFollow(true).setAttempt(1).build()).heard)
                .containsExactly("1#1 out 0: broken", "1 final");
    }

    @Test
    void whatATaskWroteIsThereAlsoIfItWasCancelledWhileItWaitedForTheNextAttempt() {
        var running = run(spec("x").toBuilder().setRetries(1).build(), 1);
        running.upload().lastOut(running.attempt(1), 0, "broken");
        running.endsUploaded(running.attempt(1), 1, 6, 0);
        JobServiceGrpc.newBlockingStub(channel).cancelJob(CancelJobRequest.newBuilder().setJob(running.job()).build());
        for (var request : List.of(read(running.job()).build(), follow(running.job()))) {
            assertThat(OutputReader.all(channel, request).heard).containsExactly("1#1 out 0: broken", "1 final");
        }
    }

    @Test
    void outputOfAnUnknownJobIsNotWanted() {
        var upload = new ScriptedUpload(channel);
        upload.out(NOBODYS, 0, "x");
        assertThat(upload.hear(response -> response.getUnwantedCount() > 0).getUnwantedList()).containsExactly(NOBODYS);
    }

    @Test
    void aForgottenJobIsGoneAndSaysSo() {
        var running = run(spec("x"), 1);
        refused(Status.Code.FAILED_PRECONDITION, () -> forget(running.job()));
        running.ends(1, 0, "gone soon");
        var other = client.submitted(array(spec("y"), 1));
        forget(running.job());
        refused(Status.Code.NOT_FOUND, () -> forget(running.job()));
        refused(Status.Code.NOT_FOUND, () -> OutputReader.all(channel, follow(running.job())));
        running.agent().pull(1, 1);
        running.agent().reportExit(ScriptedAgent.attempts(running.agent().grant()).getFirst(), 0, "kept");
        assertThat(client.results(other)).hasSize(1);
        refused(Status.Code.OUT_OF_RANGE, () -> ResultServiceGrpc.newBlockingStub(channel)
                .readResults(ReadResultsRequest.newBuilder().setFrom(1).build()).hasNext());
        assertThat(client.take("reader", true).getPosition()).isEqualTo(2);
    }

    private void forget(long job) {
        var answer = JobServiceGrpc.newBlockingStub(channel).forgetJob(ForgetJobRequest.newBuilder().setJob(job).build());
        assertThat(answer.getResults()).isEqualTo(1);
    }

    private static void refused(Status.Code code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(StatusRuntimeException.class, status -> {
            assertThat(status.getStatus().getCode()).isEqualTo(code);
            assertThat(status.getStatus().getDescription()).isNotBlank();
        });
    }
}
