package dev.ganger.coordinator.api;

import com.google.protobuf.ByteString;
import dev.ganger.coordinator.api.Attack.Result;
import dev.ganger.model.Role;
import dev.ganger.proto.v1.AttachRequest;
import dev.ganger.proto.v1.AttemptId;
import dev.ganger.proto.v1.Beat;
import dev.ganger.proto.v1.EntryChunk;
import dev.ganger.proto.v1.JobServiceGrpc;
import dev.ganger.proto.v1.OutputStream;
import dev.ganger.proto.v1.Pull;
import dev.ganger.proto.v1.Report;
import dev.ganger.proto.v1.SubmitHeader;
import dev.ganger.proto.v1.SubmitRequest;
import dev.ganger.proto.v1.SubmitResponse;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import static dev.ganger.coordinator.api.Attack.otherwise;
import static dev.ganger.coordinator.api.Attack.refused;
import static dev.ganger.coordinator.api.ContractClient.array;
import static dev.ganger.coordinator.api.ContractClient.spec;

/** Somebody who has joined, and says nonsense, too much, or in the wrong order. */
final class MemberAttacks {
    private static final AttemptId NOBODYS = AttemptId.newBuilder().setJob(987_654).setIndex(-3).setNumber(Integer.MAX_VALUE)
            .build();
    private static final int MANY = 100_000;
    private static final int DRAFTS = 10_000;
    private static final String NOT_MORE = "it gets what there is for it, at most 10,000";

    private MemberAttacks() {}

    static List<Attack> all() {
        return List.of(
                refused("an agent that begins without a Beat", Code.FAILED_PRECONDITION, "a stream begins with a Beat",
                        target -> saying(target, 71, pull(1))),
                refused("an agent that says nothing in a message", Code.INVALID_ARGUMENT,
                        "an agent sends Beat, Pull, Report or Goodbye",
                        target -> attachedSaying(target, 72, AttachRequest.getDefaultInstance())),
                otherwise("an agent with 2 slots that pulls 2,147,483,647 tasks", NOT_MORE, MemberAttacks::greedy),
                otherwise("100,000 reports of an attempt that never was", "they are recorded as late",
                        target -> late(target, MANY)),
                otherwise("beats whose numbers go back", "the agent is served", MemberAttacks::backwards),
                refused("a label of 1 MiB", Code.INVALID_ARGUMENT, "a label", target -> saying(target, 76, labelled(1 << 20))),
                refused("output before the start of a stream", Code.INVALID_ARGUMENT, "an offset counts from 0, not -1",
                        target -> uploading(target, 77, -1)),
                refused("output of a stream that is none", Code.INVALID_ARGUMENT, "a stream is stdout or stderr",
                        MemberAttacks::oddStream),
                refused("entries before the header of a submit", Code.INVALID_ARGUMENT, "entries come after a header",
                        target -> submitting(target, entries())),
                refused("two headers of a submit", Code.INVALID_ARGUMENT, "a submit has one header",
                        target -> submitting(target, header(), header())),
                otherwise("10,000 submits that are begun and left", "others are served", MemberAttacks::drafts));
    }

    private static AttachRequest pull(int free) {
        return AttachRequest.newBuilder().setPull(Pull.newBuilder().setFree(free)).build();
    }

    private static Result saying(GuardedCoordinator target, int number, AttachRequest request) {
        var instance = ScriptedAgent.instance(number);
        var agent = new ScriptedAgent(target.open(target.agent("odd-" + number, instance)));
        agent.say(request);
        return Result.of(agent.end());
    }

    private static AttachRequest labelled(int size) {
        var hello = ScriptedAgent.hello("odd-76", ScriptedAgent.instance(76), 1).toBuilder();
        hello.getBeatBuilder().getHelloBuilder().putLabels("zone", "x".repeat(size));
        return hello.build();
    }

    private static ScriptedAgent attached(GuardedCoordinator target, int number) {
        return ScriptedAgent.attached(channel(target, number), "odd-" + number, ScriptedAgent.instance(number));
    }

    private static Channel channel(GuardedCoordinator target, int number) {
        return target.open(target.agent("odd-" + number, ScriptedAgent.instance(number)));
    }

    private static Result attachedSaying(GuardedCoordinator target, int number, AttachRequest request) {
        var agent = attached(target, number);
        agent.say(request);
        return Result.of(agent.end());
    }

    private static Result greedy(GuardedCoordinator target) {
        var agent = attached(target, 73);
        target.client.submitted(array(spec("true").toBuilder().setAgent("odd-73").build(), 50));
        agent.say(pull(Integer.MAX_VALUE));
        var attempts = ScriptedAgent.attempts(agent.grant());
        agent.leave();
        return new Result.Otherwise(attempts.size() == 50 ? NOT_MORE : "it gets " + attempts.size());
    }

    /** In messages of a thousand. */
    private static Result late(GuardedCoordinator target, int count) {
        var agent = attached(target, 74);
        var thousand = Report.newBuilder();
        IntStream.range(0, 1_000).forEach(_ -> thousand.addReturned(NOBODYS));
        var message = AttachRequest.newBuilder().setReport(thousand).build();
        for (var said = 0; said < count; said += 1_000) {
            agent.say(message);
        }
        agent.say(AttachRequest.newBuilder().setBeat(Beat.newBuilder().setSequence(2)).build());
        agent.hear(response -> response.hasBeatAnswer() && response.getBeatAnswer().getSequence() == 2);
        agent.leave();
        return new Result.Otherwise("they are recorded as late");
    }

    private static Result backwards(GuardedCoordinator target) {
        var agent = attached(target, 75);
        for (var sequence : new long[]{9, 3, -1, Long.MIN_VALUE, Long.MAX_VALUE, 0}) {
            agent.say(AttachRequest.newBuilder().setBeat(Beat.newBuilder().setSequence(sequence).setProcessed(-sequence)
                    .addHeld(NOBODYS)).build());
        }
        agent.hear(response -> response.hasBeatAnswer() && response.getBeatAnswer().getSequence() == 0);
        agent.leave();
        return new Result.Otherwise("the agent is served");
    }

    /** An attempt that it has. */
    private static AttemptId leased(GuardedCoordinator target, ScriptedAgent agent, int number) {
        target.client.submitted(array(spec("true").toBuilder().setAgent("odd-" + number).build(), 1));
        agent.pull(0, 1);
        return ScriptedAgent.attempts(agent.grant()).getFirst();
    }

    private static Result uploading(GuardedCoordinator target, int number, long offset) {
        var channel = channel(target, number);
        var agent = ScriptedAgent.attached(channel, "odd-" + number, ScriptedAgent.instance(number));
        var upload = new ScriptedUpload(channel);
        upload.out(leased(target, agent, number), offset, "text");
        return Result.of(upload.end());
    }

    private static Result oddStream(GuardedCoordinator target) {
        var channel = channel(target, 78);
        var agent = ScriptedAgent.attached(channel, "odd-78", ScriptedAgent.instance(78));
        var upload = new ScriptedUpload(channel);
        var position = ScriptedUpload.position(leased(target, agent, 78), OutputStream.OUTPUT_STREAM_STDOUT, 0).toBuilder();
        upload.send(position.setStreamValue(77).build(), "text", false);
        return Result.of(upload.end());
    }

    private static SubmitRequest header() {
        return SubmitRequest.newBuilder().setHeader(SubmitHeader.newBuilder().setSpec(spec("true"))
                .setEachEntry(dev.ganger.proto.v1.EachEntry.getDefaultInstance())).build();
    }

    private static SubmitRequest entries() {
        return SubmitRequest.newBuilder().setEntries(EntryChunk.newBuilder().addEntries(ByteString.copyFromUtf8("x"))).build();
    }

    /** One submit; how it ends. */
    private record Submit(CompletableFuture<Status> over, StreamObserver<SubmitRequest> requests) {
        static Submit on(Channel channel) {
            var over = new CompletableFuture<Status>();
            return new Submit(over, JobServiceGrpc.newStub(channel).submit(new StreamObserver<SubmitResponse>() {
                @Override
                public void onNext(SubmitResponse response) {}

                @Override
                public void onError(Throwable failure) {
                    over.complete(Status.fromThrowable(failure));
                }

                @Override
                public void onCompleted() {
                    over.complete(Status.OK);
                }
            }));
        }
    }

    private static Result submitting(GuardedCoordinator target, SubmitRequest... requests) {
        var submit = Submit.on(target.open(target.user("mallory", Role.SUBMITTER)));
        for (var each : requests) {
            submit.requests.onNext(each);
        }
        return Result.of(submit.over.orTimeout(30, TimeUnit.SECONDS).join());
    }

    /** A thousand at a time on a connection, which is then broken off. */
    private static Result drafts(GuardedCoordinator target) {
        for (var begun = 0; begun < DRAFTS; begun += 1_000) {
            var channel = target.open(target.user("mallory", Role.SUBMITTER));
            var all = new ArrayList<Submit>();
            for (var number = 0; number < 1_000; number++) {
                var submit = Submit.on(channel);
                submit.requests.onNext(header());
                submit.requests.onNext(entries());
                all.add(submit);
            }
            channel.shutdownNow();
            for (var each : all) {
                each.over.orTimeout(30, TimeUnit.SECONDS).join();
            }
        }
        return new Result.Otherwise("others are served");
    }
}
