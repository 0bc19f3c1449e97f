package dev.ganger.coordinator.api;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.ganger.proto.v1.AttachRequest;
import dev.ganger.proto.v1.AttachResponse;
import dev.ganger.proto.v1.AttemptEnded;
import dev.ganger.proto.v1.AttemptId;
import dev.ganger.proto.v1.Beat;
import dev.ganger.proto.v1.Ending;
import dev.ganger.proto.v1.Grant;
import dev.ganger.proto.v1.Hello;
import dev.ganger.proto.v1.Pull;
import dev.ganger.proto.v1.Reason;
import dev.ganger.proto.v1.Report;
import dev.ganger.proto.v1.Run;
import dev.ganger.proto.v1.StreamOutput;
import dev.ganger.proto.v1.WorkServiceGrpc;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** An agent written only from the contract: says what the test wants, and keeps what it hears. */
final class ScriptedAgent implements StreamObserver<AttachResponse> {
    private static final long PATIENCE_SECONDS = 30;

    private final BlockingQueue<AttachResponse> heard = new LinkedBlockingQueue<>();
    private final CompletableFuture<Status> over = new CompletableFuture<>();
    private final StreamObserver<AttachRequest> coordinator;

    ScriptedAgent(Channel channel) {
        coordinator = WorkServiceGrpc.newStub(channel).attach(this);
    }

    static ScriptedAgent attached(Channel channel, String name, ByteString instance) {
        var agent = new ScriptedAgent(channel);
        agent.say(hello(name, instance, 1));
        agent.hear(AttachResponse::hasWelcome);
        return agent;
    }

    static AttachRequest hello(String name, ByteString instance, long start) {
        return AttachRequest.newBuilder().setBeat(Beat.newBuilder().setSequence(1).setHello(
                Hello.newBuilder().setName(name).setInstance(instance).setStart(start).setSlots(2).setPid(7).setVersion("test")))
                .build();
    }

    static ByteString instance(int number) {
        return ByteString.copyFrom(new byte[15]).concat(ByteString.copyFrom(new byte[]{(byte) number}));
    }

    void say(AttachRequest request) {
        coordinator.onNext(request);
    }

    void pull(long processed, int free) {
        say(AttachRequest.newBuilder().setPull(Pull.newBuilder().setProcessed(processed).setFree(free)).build());
    }

    void beat(long sequence, long processed, List<AttemptId> held) {
        say(AttachRequest.newBuilder()
                .setBeat(Beat.newBuilder().setSequence(sequence).setProcessed(processed).addAllHeld(held)).build());
    }

    void reportExit(AttemptId attempt, int code, String stdout) {
        report(attempt, code, StreamOutput.newBuilder().setBytes(stdout.length()).setInline(ByteString.copyFromUtf8(stdout)));
    }

    /** Its standard output was uploaded. */
    void reportUploaded(AttemptId attempt, int code, long bytes, long dropped) {
        report(attempt, code, StreamOutput.newBuilder().setBytes(bytes).setDropped(dropped));
    }

    private void report(AttemptId attempt, int code, StreamOutput.Builder stdout) {
        var now = Timestamp.newBuilder().setSeconds(1_800_000_000);
        var run = Run.newBuilder().setPid(99).setStartedAt(now).setFinishedAt(now)
                .setEnding(Ending.newBuilder().setReason(Reason.REASON_EXIT).setExitCode(code))
                .setCpuUser(Duration.getDefaultInstance()).setStdout(stdout.setSha256(ByteString.copyFrom(new byte[32])));
        say(AttachRequest.newBuilder()
                .setReport(Report.newBuilder().addEnded(AttemptEnded.newBuilder().setAttempt(attempt).setRun(run))).build());
    }

    /** The next message of a kind; others are passed over. */
    AttachResponse hear(Predicate<AttachResponse> kind) {
        try {
            while (true) {
                var next = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (next == null) {
                    throw new AssertionError("the coordinator said nothing of the kind, the stream is " + over);
                }
                if (kind.test(next)) {
                    return next;
                }
            }
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    Grant grant() {
        return hear(AttachResponse::hasGrant).getGrant();
    }

    static List<AttemptId> attempts(Grant grant) {
        return grant.getJobsList().stream().flatMap(job -> job.getTasksList().stream().map(task -> AttemptId.newBuilder()
                .setJob(job.getJob()).setIndex(task.getIndex()).setNumber(task.getAttempt()).build())).toList();
    }

    /** Waits for the end of the stream. */
    Status end() {
        return over.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    void leave() {
        coordinator.onCompleted();
    }

    @Override
    public void onNext(AttachResponse response) {
        heard.add(response);
    }

    @Override
    public void onError(Throwable failure) {
        over.complete(Status.fromThrowable(failure));
    }

    @Override
    public void onCompleted() {
        over.complete(Status.OK);
    }
}
