package dev.ganger.coordinator.api;

import com.google.protobuf.ByteString;
import dev.ganger.proto.v1.AttachResponse;
import dev.ganger.proto.v1.CancelJobRequest;
import dev.ganger.proto.v1.GetJobRequest;
import dev.ganger.proto.v1.JobServiceGrpc;
import dev.ganger.proto.v1.JobSpec;
import dev.ganger.proto.v1.OutputServiceGrpc;
import dev.ganger.proto.v1.OutputStream;
import dev.ganger.proto.v1.ReadOutputRequest;
import dev.ganger.proto.v1.Result;
import dev.ganger.proto.v1.SubmitHeader;
import dev.ganger.proto.v1.TaskState;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import static dev.ganger.coordinator.api.ContractClient.array;
import static dev.ganger.coordinator.api.ContractClient.eachEntry;
import static dev.ganger.coordinator.api.ContractClient.spec;
import static dev.ganger.coordinator.api.ScriptedAgent.instance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What holds for everybody who speaks the contract, over any transport; written without anything but the contract itself. */
abstract class ApiContract extends ServedCoordinator {
    @Test
    void aClientAndAnAgentWrittenFromTheContractGetAJobDone() {
        var job = client.submitted(array(spec("echo", "hi"), 2));
        var agent = ScriptedAgent.attached(channel, "vm-1", instance(1));
        agent.pull(0, 2);
        var grant = agent.grant();
        assertThat(grant.getJobs(0).getSpec().getArguments(1).getPieces(0).getLiteral().toStringUtf8()).isEqualTo("hi");
        agent.reportExit(ScriptedAgent.attempts(grant).get(1), 0, "second");
        agent.hear(AttachResponse::hasRecorded);
        agent.reportExit(ScriptedAgent.attempts(grant).getFirst(), 3, "first");

        var results = client.results(job);

        assertThat(results).extracting(Result::getIndex).containsExactly(2L, 1L);
        assertThat(results).extracting(Result::getState).containsExactly(TaskState.TASK_STATE_SUCCEEDED,
                TaskState.TASK_STATE_FAILED);
        assertThat(results.getLast().getRun().getEnding().getExitCode()).isEqualTo(3);
        assertThat(results.getLast().getRun().getStdout().getInline().toStringUtf8()).isEqualTo("first");
        assertThat(output(job, 2)).isEqualTo("second");
    }

    private String output(long job, long index) {
        var data = ByteString.EMPTY;
        var chunks = OutputServiceGrpc.newBlockingStub(channel).readOutput(ReadOutputRequest.newBuilder()
                .setJob(job).addStreams(OutputStream.OUTPUT_STREAM_STDOUT).build());
        while (chunks.hasNext()) {
            var chunk = chunks.next().getChunk();
            if (chunk.getPosition().getAttempt().getIndex() == index) {
                data = data.concat(chunk.getData());
            }
        }
        return data.toStringUtf8();
    }

    @Test
    void entriesArriveAsTheyWereInAnyNumberOfChunks() {
        var odd = ByteString.copyFrom(new byte[]{(byte) 0xff, 10, (byte) 0xc3});
        client.submit(eachEntry(spec("cat")), List.of(List.of(odd, ByteString.EMPTY), List.of(ByteString.copyFromUtf8("three"))));
        var agent = ScriptedAgent.attached(channel, "vm-1", instance(1));
        agent.pull(0, 10);

        var tasks = agent.grant().getJobs(0).getTasksList();

        assertThat(tasks).extracting(task -> task.getIndex()).containsExactly(1L, 2L, 3L);
        assertThat(tasks).extracting(task -> task.getEntry()).containsExactly(odd, ByteString.EMPTY,
                ByteString.copyFromUtf8("three"));
    }

    @Test
    void largeEntriesAreGrantedInParts() {
        var large = ByteString.copyFrom(new byte[100 * 1024]).toByteArray();
        Arrays.fill(large, (byte) 'x');
        var chunk = Collections.nCopies(10, ByteString.copyFrom(large));
        client.submit(eachEntry(spec("cat")), Collections.nCopies(10, chunk));
        var agent = ScriptedAgent.attached(channel, "vm-1", instance(1));
        agent.pull(0, 100);

        var indices = new ArrayList<Long>();
        var part = agent.grant();
        while (part.getMore()) {
            part.getJobsList().forEach(job -> job.getTasksList().forEach(task -> indices.add(task.getIndex())));
            part = agent.grant();
        }
        part.getJobsList().forEach(job -> job.getTasksList().forEach(task -> indices.add(task.getIndex())));

        assertThat(part.getNumber()).isEqualTo(1);
        assertThat(indices).hasSize(100).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void theSameKeyIsTheSameJobAndADifferentJobIsRefused() {
        var header = array(spec("true"), 3).toBuilder().setKey("nightly").build();
        var first = client.submit(header, List.of()).getLast().getAccepted();
        var again = client.submit(header, List.of()).getLast().getAccepted();
        assertThat(again.getJob()).isEqualTo(first.getJob());
        assertThat(again.getExisted()).isTrue();
        refused(Status.Code.ALREADY_EXISTS, () -> client.submitted(header.toBuilder().setSpec(spec("false")).build()));
    }

    @Test
    void aSubmitThatBreaksTheContractIsRefusedWithASentence() {
        refused(Status.Code.INVALID_ARGUMENT, () -> client.submitted(array(JobSpec.getDefaultInstance(), 1)));
        refused(Status.Code.INVALID_ARGUMENT, () -> client.submitted(SubmitHeader.newBuilder().setSpec(spec("true")).build()));
        refused(Status.Code.INVALID_ARGUMENT, () -> client.submitted(eachEntry(spec("true"))));
        refused(Status.Code.RESOURCE_EXHAUSTED, () -> client.submitted(array(spec("true"), 101)));
    }

    @Test
    void aFullQueueMakesTheNextSubmitWaitUntilThereIsRoom() {
        var full = client.submitted(array(spec("true"), 100));
        refused(Status.Code.RESOURCE_EXHAUSTED, () -> client.submitted(array(spec("true"), 1).toBuilder()
                .setWait(com.google.protobuf.Duration.getDefaultInstance()).build()));
        var waiting = CompletableFuture
                .supplyAsync(() -> client.submit(array(spec("true"), 1), List.of()));
        while (loop.read(views -> views.status().waiting()).join() == 0) {
            Thread.onSpinWait();
        }
        JobServiceGrpc.newBlockingStub(channel).cancelJob(CancelJobRequest.newBuilder().setJob(full).build());
        var answers = waiting.join();
        assertThat(answers.getFirst().getWaiting().getLimit()).isEqualTo(100);
        assertThat(answers.getLast().getAccepted().getJob()).isGreaterThan(full);
    }

    @Test
    void aStreamThatDoesNotBeginWithAHelloIsRefused() {
        var agent = new ScriptedAgent(channel);
        agent.pull(0, 1);
        assertThat(agent.end().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    }

    @Test
    void aNewerStreamOfAnAgentReplacesTheOlderAndKeepsItsLeases() {
        client.submitted(array(spec("true"), 1));
        var older = ScriptedAgent.attached(channel, "vm-1", instance(1));
        older.pull(0, 1);
        var attempt = ScriptedAgent.attempts(older.grant()).getFirst();
        var newer = new ScriptedAgent(channel);
        var hello = ScriptedAgent.hello("vm-1", instance(1), 1).toBuilder();
        hello.getBeatBuilder().setSequence(2).addHeld(attempt);
        newer.say(hello.build());
        newer.hear(AttachResponse::hasWelcome);
        assertThat(older.end().getCode()).isEqualTo(Status.Code.ABORTED);
        newer.reportExit(attempt, 0, "");
        assertThat(newer.hear(AttachResponse::hasRecorded).getRecorded().getAttemptsList()).containsExactly(attempt);
    }

    @Test
    void anotherInstallationOfTheSameNameIsRefusedWhileTheFirstLives() {
        var first = ScriptedAgent.attached(channel, "vm-1", instance(1));
        var second = new ScriptedAgent(channel);
        second.say(ScriptedAgent.hello("vm-1", instance(2), 1));
        var status = second.end();
        assertThat(status.getCode()).isEqualTo(Status.Code.ALREADY_EXISTS);
        assertThat(status.getDescription()).contains("vm-1", "--name");
        first.leave();
    }

    @Test
    void aResultThatIsTakenButNotMadeUseOfGoesToTheNext() {
        var job = client.submitted(array(spec("true"), 3));
        JobServiceGrpc.newBlockingStub(channel).cancelJob(CancelJobRequest.newBuilder().setJob(job).build());
        assertThat(client.take("mail", false).getIndex()).isEqualTo(1);
        assertThat(client.take("mail", true).getIndex()).isEqualTo(1);
        assertThat(client.take("mail", true).getIndex()).isEqualTo(2);
        assertThat(client.take("other", true).getIndex()).isEqualTo(1);
    }

    @Test
    void whatIsNotThereIsNotFound() {
        refused(Status.Code.NOT_FOUND,
                () -> JobServiceGrpc.newBlockingStub(channel).getJob(GetJobRequest.newBuilder().setJob(42).build()));
        refused(Status.Code.NOT_FOUND, () -> client.results(42));
        refused(Status.Code.NOT_FOUND, () -> output(42, 1));
    }

    private static void refused(Status.Code code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(StatusRuntimeException.class, status -> {
            assertThat(status.getStatus().getCode()).isEqualTo(code);
            assertThat(status.getStatus().getDescription()).isNotBlank();
        });
    }
}
