package dev.ganger.coordinator.api;

import com.google.protobuf.ByteString;
import dev.ganger.model.Role;
import dev.ganger.proto.v1.AccessServiceGrpc;
import dev.ganger.proto.v1.ControlServiceGrpc;
import dev.ganger.proto.v1.GetJobRequest;
import dev.ganger.proto.v1.GetStatusRequest;
import dev.ganger.proto.v1.JobServiceGrpc;
import dev.ganger.proto.v1.JoinServiceGrpc;
import dev.ganger.proto.v1.RemoveAgentRequest;
import dev.ganger.proto.v1.RemoveUserRequest;
import dev.ganger.proto.v1.RenewRequest;
import dev.ganger.proto.v1.WatchJobRequest;
import dev.ganger.trust.Certificates;
import dev.ganger.trust.Credentials;
import dev.ganger.trust.Keys;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

import static dev.ganger.coordinator.api.ContractClient.array;
import static dev.ganger.coordinator.api.ContractClient.spec;
import static org.assertj.core.api.Assertions.assertThat;

/** What holds for those who have joined, until they are nobody any more. */
final class GateTest extends GuardedCoordinator {
    private static final ByteString INSTANCE = ScriptedAgent.instance(1);

    private static void status(Channel channel) {
        var _ = ControlServiceGrpc.newBlockingStub(channel).getStatus(GetStatusRequest.getDefaultInstance());
    }

    private Credentials renewed(Credentials old, Channel channel) {
        var answer = JoinServiceGrpc.newBlockingStub(channel).renew(RenewRequest.getDefaultInstance());
        return old.with(Certificates.read(dev.ganger.model.Bytes.wrap(answer.getCertificate().toByteArray())));
    }

    private static void assertStatus(Status status, Code code, String sentence) {
        assertThat(status.getCode()).isEqualTo(code);
        assertThat(status.getDescription()).contains(sentence);
    }

    @Test
    void jobsBelongToWhoSubmittedThem() {
        var ann = new ContractClient(open(user("ann", Role.SUBMITTER)));
        var job = ann.submitted(array(spec("true"), 1));
        assertThat(JobServiceGrpc.newBlockingStub(channel).getJob(GetJobRequest.newBuilder().setJob(job).build()).getJob()
                .getSubmittedBy()).isEqualTo("ann");
    }

    @Test
    void keysOfSubmitsAreOfTheirUserAndOneUserIsTheSameOnEachMachine() {
        var header = array(spec("true"), 1).toBuilder().setKey("nightly").build();
        var ann = new ContractClient(open(user("ann", Role.SUBMITTER)));
        var annElsewhere = new ContractClient(open(user("ann", Role.SUBMITTER)));
        var bob = new ContractClient(open(user("bob", Role.SUBMITTER)));
        assertThat(annElsewhere.submitted(header)).isEqualTo(ann.submitted(header));
        assertThat(bob.submitted(header)).isNotEqualTo(ann.submitted(header));
    }

    @Test
    void whoMayNotIsToldWhoItIsWhatIsNeededAndWhatToDo() {
        var ann = open(user("ann", Role.VIEWER));
        assertStatus(failure(() -> ControlServiceGrpc.newBlockingStub(ann)
                .close(dev.ganger.proto.v1.CloseRequest.getDefaultInstance())), Code.PERMISSION_DENIED,
                "'close' is for admins; you are ann, a viewer; an admin gives you another role with 'ganger token create user ann"
                        + " --role admin'");
        var agent = open(agent("vm-1", INSTANCE));
        assertStatus(failure(() -> status(agent)), Code.PERMISSION_DENIED,
                "'status' is for users; you are agent 'vm-1', and agents only run tasks; log in with 'ganger login TOKEN'");
        assertStatus(new ScriptedAgent(ann).end(), Code.PERMISSION_DENIED,
                "'attach' is for agents; you are ann, a viewer; an agent must join with a token");
        assertStatus(failure(() -> status(stranger())), Code.UNAUTHENTICATED,
                "'status' is for users, and this connection shows no certificate; log in with 'ganger login TOKEN'");
    }

    @Test
    void aUserWhoIsRemovedCanDoNothingWhenTheRemovalIsAnswered() {
        var ann = open(user("ann", Role.SUBMITTER));
        status(ann);
        var job = client.submitted(array(spec("true"), 1));
        var watch = new CompletableFuture<Status>();
        var first = new CompletableFuture<Void>();
        JobServiceGrpc.newStub(ann).watchJob(WatchJobRequest.newBuilder().setJob(job).build(), new Ends<>(first, watch));
        first.join();
        AccessServiceGrpc.newBlockingStub(channel).removeUser(RemoveUserRequest.newBuilder().setName("ann").build());
        assertStatus(failure(() -> status(ann)), Code.PERMISSION_DENIED, "user 'ann' is not known here any more");
        assertStatus(watch.join(), Code.PERMISSION_DENIED, "user 'ann' was removed");
    }

    @Test
    void anAgentThatIsRemovedIsCutOffAtOnceAndStaysOut() {
        var credentials = agent("vm-1", INSTANCE);
        var connection = open(credentials);
        var agent = ScriptedAgent.attached(connection, "vm-1", INSTANCE);
        var upload = new ScriptedUpload(connection);
        ControlServiceGrpc.newBlockingStub(channel).removeAgent(RemoveAgentRequest.newBuilder().setName("vm-1").build());
        assertStatus(agent.end(), Code.PERMISSION_DENIED, "was removed");
        assertStatus(upload.end(), Code.PERMISSION_DENIED, "was removed");
        assertStatus(new ScriptedAgent(connection).end(), Code.PERMISSION_DENIED, "agent 'vm-1' is not known here any more");
        assertStatus(new ScriptedAgent(open(credentials)).end(), Code.PERMISSION_DENIED, "is not known here any more");
    }

    @Test
    void aCertificateThatExpiredIsGoodForItsRenewalAndNothingElse() {
        var credentials = agent("vm-1", INSTANCE);
        pass(LIFE.plusSeconds(1));
        var connection = open(credentials);
        assertStatus(new ScriptedAgent(connection).end(), Code.UNAUTHENTICATED, "the certificate of agent 'vm-1' expired at");
        var renewed = renewed(credentials, connection);
        ScriptedAgent.attached(open(renewed), "vm-1", INSTANCE).leave();
        pass(LIFE.plusSeconds(1));
        assertStatus(new ScriptedAgent(open(renewed)).end(), Code.UNAUTHENTICATED, "renew it");
    }

    @Test
    void aConnectionGoesOnWithTheKeyThatWasCertifiedAnew() {
        var credentials = agent("vm-1", INSTANCE);
        var connection = open(credentials);
        var agent = ScriptedAgent.attached(connection, "vm-1", INSTANCE);
        pass(LIFE.dividedBy(2));
        renewed(credentials, connection);
        pass(LIFE.dividedBy(2).plusSeconds(1));
        agent.pull(0, 1);
        client.submitted(array(spec("true"), 1));
        assertThat(agent.grant().getJobsCount()).isEqualTo(1);
    }

    @Test
    void aCallWhoseCertificateExpiresEndsAtItsNextMessage() {
        var agent = ScriptedAgent.attached(open(agent("vm-1", INSTANCE)), "vm-1", INSTANCE);
        pass(LIFE.plusSeconds(1));
        agent.pull(0, 1);
        assertStatus(agent.end(), Code.UNAUTHENTICATED, "renew it");
    }

    @Test
    void aCertificateThatExpiredALittleLessThanThirtyDaysAgoIsRenewed() {
        var credentials = agent("vm-1", INSTANCE);
        pass(LIFE.plusDays(30).minusSeconds(1));
        assertThat(renewed(credentials, open(credentials)).expiresAt()).isAfter(credentials.expiresAt());
    }

    @Test
    void aCertificateThatExpiredTooLongAgoIsGoodForNothing() {
        var other = agent("vm-2", ScriptedAgent.instance(2));
        pass(LIFE.plusDays(30).plusSeconds(1));
        assertStatus(failure(() -> renewed(other, open(other))), Code.UNAUTHENTICATED,
                "that is too long ago to renew it: join with a token");
    }

    @Test
    void whoJoinedAnewWithAnotherKeyIsNotWhoItWas() {
        var old = open(agent("vm-1", INSTANCE));
        var again = credentialsOf(INSTANCE);
        assertStatus(new ScriptedAgent(old).end(), Code.PERMISSION_DENIED, "joined anew with another key");
        ScriptedAgent.attached(open(again), "vm-1", INSTANCE).leave();
    }

    private Credentials credentialsOf(ByteString instance) {
        var key = Keys.generate();
        return credentials(join(asAgent(token(anyAgent(), 1), key, "vm-1", instance)), key);
    }

    @Test
    void anAgentSpeaksForItselfOnly() {
        var connection = open(agent("vm-1", INSTANCE));
        var asAnother = new ScriptedAgent(connection);
        asAnother.say(ScriptedAgent.hello("vm-2", INSTANCE, 1));
        assertStatus(asAnother.end(), Code.PERMISSION_DENIED, "this connection is that of agent 'vm-1'");
        var withAnothersId = new ScriptedAgent(connection);
        withAnothersId.say(ScriptedAgent.hello("vm-1", ScriptedAgent.instance(2), 1));
        assertStatus(withAnothersId.end(), Code.PERMISSION_DENIED, "which cannot attach as 'vm-1'");
    }

    @Test
    void anAgentReportsOnlyItsOwnAttempts() {
        var job = client.submitted(array(spec("true"), 1));
        var owner = ScriptedAgent.attached(open(agent("vm-1", INSTANCE)), "vm-1", INSTANCE);
        owner.pull(0, 1);
        var attempt = ScriptedAgent.attempts(owner.grant()).getFirst();
        var thief = ScriptedAgent.attached(open(agent("vm-2", ScriptedAgent.instance(2))), "vm-2", ScriptedAgent.instance(2));
        thief.reportExit(attempt, 1, "stolen");
        thief.hear(dev.ganger.proto.v1.AttachResponse::hasRecorded);
        owner.reportExit(attempt, 0, "mine");
        assertThat(client.results(job)).singleElement().satisfies(result -> {
            assertThat(result.getAgent()).isEqualTo("vm-1");
            assertThat(result.getRun().getStdout().getInline().toStringUtf8()).isEqualTo("mine");
        });
    }

    @Test
    void anAgentWritesOnlyTheOutputOfItsOwnAttempts() {
        client.submitted(array(spec("true"), 1));
        var first = open(agent("vm-1", INSTANCE));
        var owner = ScriptedAgent.attached(first, "vm-1", INSTANCE);
        owner.pull(0, 1);
        var attempt = ScriptedAgent.attempts(owner.grant()).getFirst();
        var other = open(agent("vm-2", ScriptedAgent.instance(2)));
        assertUploadRefused(other, attempt);
        new ScriptedUpload(first).lastOut(attempt, 0, "mine");
        owner.reportUploaded(attempt, 0, 4, 0);
        owner.hear(dev.ganger.proto.v1.AttachResponse::hasRecorded);
        assertUploadRefused(other, attempt);
        new ScriptedUpload(first).lastOut(attempt, 0, "mine");
        var never = attempt.toBuilder().setNumber(7).build();
        var upload = new ScriptedUpload(other);
        upload.out(never, 0, "of nobody");
        upload.hear(response -> response.getUnwantedList().contains(never));
    }

    private static void assertUploadRefused(Channel connection, dev.ganger.proto.v1.AttemptId attempt) {
        var upload = new ScriptedUpload(connection);
        upload.out(attempt, 0, "stolen");
        assertStatus(upload.end(), Code.PERMISSION_DENIED,
                "attempt 1.1#1 is agent 'vm-1's, and you are agent 'vm-2': an agent writes only its own output");
    }

    @Test
    void anAgentThatLostAnAttemptStillDeliversItsOutput() {
        client.submitted(array(spec("true"), 1));
        var first = open(agent("vm-1", INSTANCE));
        var owner = ScriptedAgent.attached(first, "vm-1", INSTANCE);
        owner.pull(0, 1);
        var attempt = ScriptedAgent.attempts(owner.grant()).getFirst();
        owner.leave();
        var nextLife = new ScriptedAgent(first);
        nextLife.say(ScriptedAgent.hello("vm-1", INSTANCE, 2));
        nextLife.pull(0, 1);
        assertThat(ScriptedAgent.attempts(nextLife.grant()).getFirst().getNumber()).isEqualTo(2);
        new ScriptedUpload(first).lastOut(attempt, 0, "late");
    }

    /** Hears that a stream has begun, and how it ends. */
    private record Ends<T>(CompletableFuture<Void> begun, CompletableFuture<Status> over) implements StreamObserver<T> {
        @Override
        public void onNext(T message) {
            begun.complete(null);
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
}
