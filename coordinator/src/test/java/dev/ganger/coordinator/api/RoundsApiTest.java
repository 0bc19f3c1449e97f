package dev.ganger.coordinator.api;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import dev.ganger.proto.v1.AttemptId;
import dev.ganger.proto.v1.Backoff;
import dev.ganger.proto.v1.CancelJobRequest;
import dev.ganger.proto.v1.ControlServiceGrpc;
import dev.ganger.proto.v1.GetJobRequest;
import dev.ganger.proto.v1.GetStatusRequest;
import dev.ganger.proto.v1.GetTaskRequest;
import dev.ganger.proto.v1.HoldJobRequest;
import dev.ganger.proto.v1.IndexRange;
import dev.ganger.proto.v1.Indices;
import dev.ganger.proto.v1.JobServiceGrpc;
import dev.ganger.proto.v1.ListTasksRequest;
import dev.ganger.proto.v1.OutputServiceGrpc;
import dev.ganger.proto.v1.OutputStream;
import dev.ganger.proto.v1.ReadOutputRequest;
import dev.ganger.proto.v1.ReadResultsRequest;
import dev.ganger.proto.v1.ReleaseJobRequest;
import dev.ganger.proto.v1.Result;
import dev.ganger.proto.v1.ResultServiceGrpc;
import dev.ganger.proto.v1.RetryJobRequest;
import dev.ganger.proto.v1.Task;
import dev.ganger.proto.v1.TaskState;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.ganger.coordinator.api.ContractClient.array;
import static dev.ganger.coordinator.api.ContractClient.eachEntry;
import static dev.ganger.coordinator.api.ContractClient.spec;
import static dev.ganger.coordinator.api.ScriptedAgent.instance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

/** Holding, waiting and beginning again, as clients see it. */
final class RoundsApiTest extends ServedCoordinator {
    private static final long PATIENCE_SECONDS = 30;
    private JobServiceGrpc.JobServiceBlockingStub jobs;
    private ScriptedAgent agent;
    private long grants;

    @BeforeEach
    void connect() {
        jobs = JobServiceGrpc.newBlockingStub(channel).withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
        agent = ScriptedAgent.attached(channel, "vm-1", instance(1));
    }

    /** Everything that is granted next, by index. */
    private Map<Long, AttemptId> granted(int room) {
        agent.pull(grants, room);
        var grant = agent.grant();
        grants = grant.getNumber();
        return ScriptedAgent.attempts(grant).stream().collect(Collectors.toMap(AttemptId::getIndex, attempt -> attempt));
    }

    private void ends(@Nullable AttemptId granted, int code) {
        var attempt = Objects.requireNonNull(granted);
        agent.reportExit(attempt, code, "said " + attempt.getNumber());
        agent.hear(response -> response.hasRecorded() && response.getRecorded().getAttemptsList().contains(attempt));
    }

    private static Indices indices(long... some) {
        var indices = Indices.newBuilder();
        for (var index : some) {
            indices.addRanges(IndexRange.newBuilder().setFirst(index).setLast(index).setStep(1));
        }
        return indices.build();
    }

    private List<Task> tasks(ListTasksRequest.Builder request) {
        var tasks = new ArrayList<Task>();
        jobs.listTasks(request.build()).forEachRemaining(page -> tasks.addAll(page.getTasksList()));
        return tasks;
    }

    private List<Result> results(ReadResultsRequest.Builder request) {
        var results = new ArrayList<Result>();
        ResultServiceGrpc.newBlockingStub(channel).readResults(request.build())
                .forEachRemaining(page -> results.addAll(page.getResultsList()));
        return results;
    }

    private Task task(long job, long index) {
        return jobs.getTask(GetTaskRequest.newBuilder().setJob(job).setIndex(index).build()).getTask();
    }

    /** Job of three: the first succeeded, the second failed, the third was cancelled. */
    private long ended() {
        var job = client.submitted(array(spec("true"), 3));
        var held = granted(2);
        ends(held.get(1L), 0);
        ends(held.get(2L), 3);
        jobs.cancelJob(CancelJobRequest.newBuilder().setJob(job).build());
        return job;
    }

    private long retry(RetryJobRequest.Builder request) {
        return jobs.retryJob(request.build()).getRetried();
    }

    // ---- hold and release

    @Test
    void heldTasksAreShownAndCountedAndStartWhenTheyAreReleased() {
        var job = client.submitted(array(spec("true"), 3));
        var answer = jobs.holdJob(HoldJobRequest.newBuilder().setJob(job).setIndices(indices(1, 2)).setReason("wait").build());
        assertThat(answer.getHeld()).isEqualTo(2);
        assertThat(granted(5)).containsOnlyKeys(3L);
        assertThat(jobs.holdJob(HoldJobRequest.newBuilder().setJob(job).build()).getRunning()).isEqualTo(1);
        var counts = jobs.getJob(GetJobRequest.newBuilder().setJob(job).build()).getJob().getTasks();
        assertThat(counts.getHeld()).isEqualTo(2);
        assertThat(counts.getTotal()).isEqualTo(3);
        var status = ControlServiceGrpc.newBlockingStub(channel)
                .getStatus(GetStatusRequest.getDefaultInstance());
        assertThat(status.getTaskQueueLength()).isEqualTo(2);
        assertThat(task(job, 1).getState()).isEqualTo(TaskState.TASK_STATE_HELD);
        assertThat(tasks(ListTasksRequest.newBuilder().setJob(job).addStates(TaskState.TASK_STATE_HELD)))
                .extracting(Task::getIndex).containsExactly(1L, 2L);
        var released = jobs.releaseJob(ReleaseJobRequest.newBuilder().setJob(job).setIndices(indices(2)).build());
        assertThat(released.getReleased()).isEqualTo(1);
        assertThat(granted(5)).containsOnlyKeys(2L);
    }

    // ---- rounds

    @Test
    void aRetriedTaskIsShownWithAllItsAttemptsAndItsNewestResult() {
        var job = ended();
        assertThat(retry(RetryJobRequest.newBuilder().setJob(job).addStates(TaskState.TASK_STATE_FAILED))).isEqualTo(1);
        assertThat(results(ReadResultsRequest.newBuilder().addJobs(job))).extracting(Result::getIndex).containsExactly(1L, 3L);
        ends(granted(1).get(2L), 0);

        var task = task(job, 2);
        assertThat(task.getRound()).isEqualTo(2);
        assertThat(task.getState()).isEqualTo(TaskState.TASK_STATE_SUCCEEDED);
        assertThat(task.getAttemptsList()).extracting(attempt -> attempt.getNumber()).containsExactly(1, 2);
        assertThat(results(ReadResultsRequest.newBuilder().addJobs(job))).extracting(Result::getIndex)
                .containsExactly(1L, 3L, 2L);
        assertThat(results(ReadResultsRequest.newBuilder().addJobs(job).setEveryRound(true))).extracting(Result::getRound)
                .containsExactly(1, 1, 1, 2);
        assertThat(results(ReadResultsRequest.newBuilder())).hasSize(3);
        assertThat(results(ReadResultsRequest.newBuilder().addJobs(job).setOrdered(true).setEveryRound(true)))
                .extracting(Result::getIndex).containsExactly(1L, 2L, 2L, 3L);
        assertThat(results(ReadResultsRequest.newBuilder().addJobs(job).setOrdered(true))).extracting(Result::getRound)
                .containsExactly(1, 2, 1);
        assertThat(output(job, 2, 0)).isEqualTo("said 2");
        assertThat(output(job, 2, 1)).isEqualTo("said 1");
    }

    private String output(long job, long index, int attempt) {
        var text = new StringBuilder();
        OutputServiceGrpc.newBlockingStub(channel).readOutput(ReadOutputRequest.newBuilder().setJob(job)
                .setIndices(indices(index)).setAttempt(attempt).addStreams(OutputStream.OUTPUT_STREAM_STDOUT).build())
                .forEachRemaining(response -> text.append(response.getChunk().getData().toStringUtf8()));
        return text.toString();
    }

    @Test
    void onlyWhatRanLastOnAnAgentIsRetried() {
        var job = ended();
        assertThat(retry(RetryJobRequest.newBuilder().setJob(job).setAgent("vm-2"))).isZero();
        assertThat(retry(RetryJobRequest.newBuilder().setJob(job).setAgent("vm-1"))).isEqualTo(1);
        assertThat(task(job, 2).getState()).isEqualTo(TaskState.TASK_STATE_QUEUED);
        assertThat(task(job, 3).getState()).isEqualTo(TaskState.TASK_STATE_CANCELLED);
    }

    @Test
    void entriesAreThereAgainAfterARetry() {
        var job = client.submit(eachEntry(spec("cat")), List.of(List.of(ByteString.copyFromUtf8("one"))))
                .getLast().getAccepted().getJob();
        ends(granted(1).get(1L), 1);
        assertThat(retry(RetryJobRequest.newBuilder().setJob(job))).isEqualTo(1);
        agent.pull(grants, 1);
        assertThat(agent.grant().getJobs(0).getTasks(0).getEntry().toStringUtf8()).isEqualTo("one");
    }

    // ---- back-off

    @Test
    void aBackoffTakesAsLongAsItSays() {
        var spec = spec("false").toBuilder().setRetries(1).setBackoff(Backoff.newBuilder()
                .setMin(Duration.newBuilder().setNanos(100_000_000)).setMax(Duration.newBuilder().setSeconds(1))).build();
        var job = client.submitted(array(spec, 1));
        var first = granted(5).get(1L);
        var began = System.nanoTime();
        ends(first, 1);
        assertThat(task(job, 1).getState()).isIn(TaskState.TASK_STATE_WAITING, TaskState.TASK_STATE_LEASED);
        agent.pull(grants, 5);
        assertThat(ScriptedAgent.attempts(agent.grant())).extracting(AttemptId::getNumber).containsExactly(2);
        assertThat((System.nanoTime() - began) / 1_000_000).isBetween(100L, 1_000L);
    }

    // ---- which tasks

    @Test
    void aFewTasksOfManyAreListedWithoutTheOthers() {
        var job = client.submitted(array(spec("true"), 100));
        var held = granted(40);
        ends(held.get(7L), 3);
        ends(held.get(33L), 0);
        assertThat(tasks(ListTasksRequest.newBuilder().setJob(job).setIndices(indices(2, 33, 90, 4_000))))
                .extracting(Task::getIndex, Task::getState)
                .containsExactly(tuple(2L, TaskState.TASK_STATE_LEASED),
                        tuple(33L, TaskState.TASK_STATE_SUCCEEDED),
                        tuple(90L, TaskState.TASK_STATE_QUEUED));
        assertThat(tasks(ListTasksRequest.newBuilder().setJob(job).addStates(TaskState.TASK_STATE_FAILED)
                .addStates(TaskState.TASK_STATE_SUCCEEDED))).extracting(Task::getIndex).containsExactly(7L, 33L);
        assertThat(tasks(ListTasksRequest.newBuilder().setJob(job).addStates(TaskState.TASK_STATE_LEASED))).hasSize(38);
        assertThat(tasks(ListTasksRequest.newBuilder().setJob(job).addStates(TaskState.TASK_STATE_QUEUED))).hasSize(60);
        assertThat(jobs.cancelJob(CancelJobRequest.newBuilder().setJob(job).addStates(TaskState.TASK_STATE_QUEUED).build())
                .getCancelled()).isEqualTo(60);
    }

    @Test
    void resultsInOrderComeAsSoonAsThoseBeforeThemAreThere() throws InterruptedException {
        var job = client.submitted(array(spec("true"), 3));
        var held = granted(3);
        ends(held.get(2L), 0);
        assertThat(results(ReadResultsRequest.newBuilder().addJobs(job).setOrdered(true))).extracting(Result::getIndex)
                .containsExactly(2L);
        var came = new LinkedBlockingQueue<Long>();
        var followed = CompletableFuture.runAsync(() -> ResultServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .readResults(ReadResultsRequest.newBuilder().addJobs(job).setOrdered(true).setFollow(true).build())
                .forEachRemaining(page -> page.getResultsList().forEach(result -> came.add(result.getIndex()))));
        ends(held.get(1L), 0);
        assertThat(came.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(came.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(2);
        ends(held.get(3L), 1);
        assertThat(came.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(3);
        followed.join();
        assertThat(came).isEmpty();
    }

    @Test
    void whatCannotBeIsRefusedWithASentence() {
        var job = ended();
        refused(Status.Code.NOT_FOUND, () -> retry(RetryJobRequest.newBuilder().setJob(42)));
        refused(Status.Code.NOT_FOUND, () -> retry(RetryJobRequest.newBuilder().setJob(42).setAgent("vm-1")));
        refused(Status.Code.NOT_FOUND, () -> retry(RetryJobRequest.newBuilder().setJob(job).setIndices(indices(9))));
        refused(Status.Code.NOT_FOUND, () -> tasks(ListTasksRequest.newBuilder().setJob(job).setIndices(indices(9))));
        refused(Status.Code.NOT_FOUND, () -> jobs.holdJob(HoldJobRequest.newBuilder().setJob(42).build()));
        refused(Status.Code.NOT_FOUND, () -> jobs.releaseJob(ReleaseJobRequest.newBuilder().setJob(42).build()));
        refused(Status.Code.INVALID_ARGUMENT,
                () -> retry(RetryJobRequest.newBuilder().setJob(job).addStates(TaskState.TASK_STATE_RUNNING)));
        refused(Status.Code.INVALID_ARGUMENT, () -> results(ReadResultsRequest.newBuilder().setOrdered(true)));
        client.submitted(array(spec("true"), 99));
        refused(Status.Code.RESOURCE_EXHAUSTED, () -> retry(RetryJobRequest.newBuilder().setJob(job)));
    }

    private static void refused(Status.Code code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(StatusRuntimeException.class, status -> {
            assertThat(status.getStatus().getCode()).isEqualTo(code);
            assertThat(status.getStatus().getDescription()).isNotBlank();
        });
    }
}
