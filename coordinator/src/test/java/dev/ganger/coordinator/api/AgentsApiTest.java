package dev.ganger.coordinator.api;

import com.google.protobuf.Duration;
import dev.ganger.proto.v1.Agent;
import dev.ganger.proto.v1.AgentState;
import dev.ganger.proto.v1.AttachRequest;
import dev.ganger.proto.v1.AttachResponse;
import dev.ganger.proto.v1.CancelJobRequest;
import dev.ganger.proto.v1.ControlServiceGrpc;
import dev.ganger.proto.v1.DeclareAgentGoneRequest;
import dev.ganger.proto.v1.DrainAgentRequest;
import dev.ganger.proto.v1.EachAgent;
import dev.ganger.proto.v1.ExplainRequest;
import dev.ganger.proto.v1.JobServiceGrpc;
import dev.ganger.proto.v1.JobSpec;
import dev.ganger.proto.v1.ListAgentsRequest;
import dev.ganger.proto.v1.RemoveAgentRequest;
import dev.ganger.proto.v1.ResumeAgentRequest;
import dev.ganger.proto.v1.StopAgentRequest;
import dev.ganger.proto.v1.StopRequest;
import dev.ganger.proto.v1.SubmitHeader;
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

/** Where tasks run, single agents, and why things stand as they do, over the contract. */
final class AgentsApiTest extends ServedCoordinator {

    private ControlServiceGrpc.ControlServiceBlockingStub control() {
        return ControlServiceGrpc.newBlockingStub(channel);
    }

    private Agent agent(String name) {
        return control().listAgents(ListAgentsRequest.getDefaultInstance()).getAgentsList().stream()
                .filter(each -> each.getName().equals(name)).findFirst().orElseThrow();
    }

    private List<String> why(long job, long index) {
        return JobServiceGrpc.newBlockingStub(channel).explain(ExplainRequest.newBuilder().setJob(job).setIndex(index).build())
                .getSentencesList();
    }

    private List<String> why(long job) {
        return JobServiceGrpc.newBlockingStub(channel).explain(ExplainRequest.newBuilder().setJob(job).build())
                .getSentencesList();
    }

    private static SubmitHeader eachAgent(JobSpec spec, String key) {
        return SubmitHeader.newBuilder().setSpec(spec).setEachAgent(EachAgent.getDefaultInstance()).setKey(key).build();
    }

    @Test
    void anAgentOfAVersionTooFarAwayIsToldWhichToUpdate() {
        var old = ScriptedAgent.hello("ancient", instance(9), 1).toBuilder();
        old.getBeatBuilder().getHelloBuilder().setVersion("9.4.2");
        var agent = new ScriptedAgent(channel);
        agent.say(old.build());
        assertThat(agent.end().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(agent.end().getDescription()).contains("'ancient' is Ganger 9.4.2", "update the coordinator");
    }

    private static StatusRuntimeException refused(Status.Code code, ThrowingCallable call) {
        var seen = new StatusRuntimeException[1];
        assertThatThrownBy(call).isInstanceOfSatisfying(StatusRuntimeException.class, status -> {
            assertThat(status.getStatus().getCode()).isEqualTo(code);
            assertThat(status.getStatus().getDescription()).isNotBlank();
            seen[0] = status;
        });
        return seen[0];
    }

    // ---- submit

    @Test
    void eachAgentGetsATaskAndTheSameKeyIsTheSameJobWhenMoreHaveCome() {
        var one = ScriptedAgent.attached(channel, "vm-1", instance(1));
        var two = ScriptedAgent.attached(channel, "vm-2", instance(2));
        var accepted = client.submit(eachAgent(spec("true"), "k"), List.of()).getLast().getAccepted();
        assertThat(accepted.getTasks()).isEqualTo(2);
        two.pull(0, 4);
        one.pull(0, 4);
        assertThat(ScriptedAgent.attempts(one.grant())).extracting(attempt -> attempt.getIndex()).containsExactly(1L);
        assertThat(ScriptedAgent.attempts(two.grant())).extracting(attempt -> attempt.getIndex()).containsExactly(2L);
        ScriptedAgent.attached(channel, "vm-3", instance(3));
        var again = client.submit(eachAgent(spec("true"), "k"), List.of()).getLast().getAccepted();
        assertThat(again.getExisted()).isTrue();
        assertThat(again.getJob()).isEqualTo(accepted.getJob());
        refused(Status.Code.ALREADY_EXISTS, () -> client.submitted(array(spec("true"), 2).toBuilder().setKey("k").build()));
    }

    @Test
    void aTaskForEachAgentNeedsOneAndIsNotForOneOnly() {
        refused(Status.Code.FAILED_PRECONDITION, () -> client.submitted(eachAgent(spec("true"), "")));
        var both = spec("true").toBuilder().setAgent("vm-1").build();
        refused(Status.Code.INVALID_ARGUMENT, () -> client.submitted(eachAgent(both, "")));
    }

    @Test
    void aGraceIsWithinHalfTheLease() {
        var most = spec("true").toBuilder().setGrace(Duration.newBuilder().setSeconds(30)).build();
        client.submitted(array(most, 1));
        var more = spec("true").toBuilder().setGrace(Duration.newBuilder().setSeconds(31)).build();
        assertThat(refused(Status.Code.INVALID_ARGUMENT, () -> client.submitted(array(more, 1))).getMessage())
                .contains("30 s", "31 s", "--grace");
    }

    @Test
    void withoutAGraceItIsTheUsualOne() {
        client.submitted(array(spec("true").toBuilder().clearGrace().build(), 1));
        var agent = ScriptedAgent.attached(channel, "vm-1", instance(1));
        agent.pull(0, 1);
        assertThat(agent.grant().getJobs(0).getSpec().getGrace().getSeconds()).isEqualTo(10);
    }

    // ---- single agents

    @Test
    void labelsAreSeen() {
        var agent = new ScriptedAgent(channel);
        agent.say(labelled("zone", "north"));
        agent.hear(AttachResponse::hasWelcome);
        assertThat(agent("vm-1").getLabelsMap()).containsExactlyEntriesOf(java.util.Map.of("zone", "north"));
    }

    @Test
    void aLabelThatIsTooLongIsRefused() {
        var agent = new ScriptedAgent(channel);
        agent.say(labelled("zone", "x".repeat(1_000)));
        assertThat(agent.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    private static AttachRequest labelled(String name, String value) {
        var hello = ScriptedAgent.hello("vm-1", instance(1), 1).toBuilder();
        hello.getBeatBuilder().getHelloBuilder().putLabels(name, value);
        return hello.build();
    }

    @Test
    void anAgentIsDrainedAndResumed() {
        var agent = ScriptedAgent.attached(channel, "vm-1", instance(1));
        agent.pull(0, 1);
        assertThat(control().drainAgent(DrainAgentRequest.newBuilder().setName("vm-1").setReason("new kernel").build()).getHeld())
                .isZero();
        assertThat(agent("vm-1").getState()).isEqualTo(AgentState.AGENT_STATE_DRAINING);
        assertThat(agent("vm-1").getReason()).isEqualTo("new kernel");
        var job = client.submitted(array(spec("true"), 1));
        control().resumeAgent(ResumeAgentRequest.newBuilder().setName("vm-1").build());
        assertThat(ScriptedAgent.attempts(agent.grant()).getFirst().getJob()).isEqualTo(job);
        assertThat(agent("vm-1").getState()).isEqualTo(AgentState.AGENT_STATE_ALIVE);
    }

    @Test
    void oneAgentIsStopped() {
        var agent = ScriptedAgent.attached(channel, "vm-1", instance(1));
        control().stopAgent(StopAgentRequest.newBuilder().setName("vm-1").build());
        assertThat(agent.hear(AttachResponse::hasStop).getStop().getNow()).isFalse();
    }

    @Test
    void anAgentThatBeatsIsNotGone() {
        ScriptedAgent.attached(channel, "vm-1", instance(1));
        refused(Status.Code.FAILED_PRECONDITION,
                () -> control().declareAgentGone(DeclareAgentGoneRequest.newBuilder().setName("vm-1").build()));
        refused(Status.Code.NOT_FOUND,
                () -> control().declareAgentGone(DeclareAgentGoneRequest.newBuilder().setName("vm-2").build()));
    }

    @Test
    void aRemovedAgentIsEndedAndRefusedForEver() {
        client.submitted(array(spec("true"), 1));
        var agent = ScriptedAgent.attached(channel, "vm-1", instance(1));
        agent.pull(0, 1);
        agent.grant();
        assertThat(control().removeAgent(RemoveAgentRequest.newBuilder().setName("vm-1").setReason("sold").build()).getLost())
                .isEqualTo(1);
        assertThat(agent.end().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        var again = new ScriptedAgent(channel);
        again.say(ScriptedAgent.hello("vm-1", instance(1), 2));
        var end = again.end();
        assertThat(end.getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(end.getDescription()).contains("removed", "sold");
        ScriptedAgent.attached(channel, "vm-1", instance(2));
    }

    // ---- STOP

    @Test
    void stopNamesWhatNothingWouldStartAndSkipsItWhenTold() {
        var bound = spec("true").toBuilder().setAgent("vm-9").build();
        client.submitted(array(bound, 2));
        var refusal = refused(Status.Code.FAILED_PRECONDITION,
                () -> control().stop(StopRequest.getDefaultInstance()).forEachRemaining(_ -> {}));
        assertThat(refusal.getMessage()).contains("2 tasks of job 1", "'vm-9'", "--skip", "ganger why 1");
        var answers = control().stop(StopRequest.newBuilder().setSkip(true).build());
        assertThat(answers.next().getTasksBefore()).isZero();
        assertThat(answers.hasNext()).isFalse();
    }

    // ---- why

    @Test
    void whatIsOverIsExplainedByItsResult() {
        var job = client.submitted(array(spec("true").toBuilder().setRetries(1).build(), 4));
        var agent = ScriptedAgent.attached(channel, "vm-1", instance(1));
        agent.pull(0, 3);
        var attempts = ScriptedAgent.attempts(agent.grant());
        agent.reportExit(attempts.get(0), 0, "");
        agent.reportExit(attempts.get(1), 3, "");
        agent.hear(AttachResponse::hasRecorded);
        agent.pull(1, 3);
        var second = ScriptedAgent.attempts(agent.grant());
        agent.reportExit(second.getFirst(), 4, "");
        agent.hear(AttachResponse::hasRecorded);
        JobServiceGrpc.newBlockingStub(channel).cancelJob(CancelJobRequest.newBuilder().setJob(job).setReason("enough")
                .setIndices(array(spec("x"), 4).getArray().toBuilder()
                        .setRanges(0, array(spec("x"), 4).getArray().getRanges(0).toBuilder().setFirst(4)))
                .build());

        assertThat(why(job, 1).getFirst()).startsWith("1.1 succeeded on agent 'vm-1' at ").endsWith(", as attempt 1.");
        assertThat(why(job, 2).getFirst()).startsWith("1.2 failed on agent 'vm-1' at ").endsWith(": it exited with code 4.");
        assertThat(why(job, 2)).contains("It failed 2 times; 1 retry was allowed (--retries 1).",
                "'ganger logs 1.2 --stderr' shows what it wrote; 'ganger retry 1.2' runs it again.",
                "Attempt 1 before it, on agent 'vm-1', exited with code 3.");
        assertThat(why(job)).contains("1 task failed: exited with code 4; first: 1.2.",
                "'ganger logs 1.2 --stderr' shows what the first wrote; 'ganger retry 1 --failed' runs them again.");
    }

    @Test
    void failuresOfAJobAreGrouped() {
        var job = client.submitted(array(spec("true"), 5));
        var agent = ScriptedAgent.attached(channel, "vm-1", instance(1));
        agent.pull(0, 5);
        var attempts = ScriptedAgent.attempts(agent.grant());
        for (var each = 0; each < 5; each++) {
            agent.reportExit(attempts.get(each), each == 0 ? 0 : each < 4 ? 3 : 7, "");
            agent.hear(AttachResponse::hasRecorded);
        }
        assertThat(why(job)).contains("4 tasks failed: 3 exited with code 3, 1 exited with code 7; first: 1.2.");
    }

    @Test
    void aCancelledTaskTellsTheReason() {
        var job = client.submitted(array(spec("true"), 1));
        JobServiceGrpc.newBlockingStub(channel)
                .cancelJob(CancelJobRequest.newBuilder().setJob(job).setReason("not needed").build());
        assertThat(why(job, 1).getFirst()).startsWith("1.1 was cancelled (not needed), at ")
                .endsWith("; no agent had it then.");
        assertThat(why(job, 1)).contains("'ganger retry 1.1' runs it after all.");
    }

    @Test
    void whatIsNotThereIsNotExplained() {
        refused(Status.Code.NOT_FOUND, () -> why(42));
        refused(Status.Code.NOT_FOUND, () -> why(42, 1));
        var job = client.submitted(array(spec("true"), 1));
        refused(Status.Code.NOT_FOUND, () -> why(job, 9));
    }
}
