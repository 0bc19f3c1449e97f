package dev.ganger.agent.link;

import com.google.protobuf.ByteString;
import dev.ganger.model.AgentId;
import dev.ganger.model.Bytes;
import dev.ganger.proto.v1.AgentJoiner;
import dev.ganger.proto.v1.JoinRequest;
import dev.ganger.proto.v1.JoinServiceGrpc;
import dev.ganger.proto.v1.RenewRequest;
import dev.ganger.trust.Certificates;
import dev.ganger.trust.Credentials;
import dev.ganger.trust.PinnedAuthority;
import dev.ganger.trust.TokenLine;
import dev.ganger.trust.Trust;
import dev.ganger.wire.Address;
import dev.ganger.wire.Channels;
import dev.ganger.wire.FromWire;
import dev.ganger.wire.ToWire;
import io.grpc.ManagedChannel;
import io.grpc.StatusException;
import java.security.KeyPair;
import java.util.concurrent.TimeUnit;

/** Asks a coordinator to make this agent one of its own, and to let it go on being one. */
public final class Joining {
    private static final long PATIENCE_SECONDS = 20;

    private Joining() {}

    /** What came of it. */
    public sealed interface Answer {
        /** The agent is one of the coordinator's. */
        record Welcome(Credentials credentials) implements Answer {}

        /** It will not be, as it is. */
        record Refused(Refusal refusal) implements Answer {}

        /** The coordinator does not count what was shown. */
        record Unknown(String why) implements Answer {}

        /** Not the coordinator that is trusted; nothing was shown to it. */
        record Stranger(String why) implements Answer {}

        /** Nobody answered; it may be asked again. */
        record NoAnswer(String why) implements Answer {}
    }

    /** Shows a token; the key never leaves this machine, only its public half does. */
    public static Answer join(Address coordinator, TokenLine token, AgentId agent, KeyPair keys) {
        return ask(coordinator, new Trust.Pinned(token.authority()), channel -> {
            var response = stub(channel).join(JoinRequest.newBuilder().setToken(token.id())
                    .setSecret(ByteString.copyFrom(token.secret().toByteArray()))
                    .setPublicKey(ByteString.copyFrom(keys.getPublic().getEncoded()))
                    .setAgent(AgentJoiner.newBuilder().setName(agent.name()).setInstance(ToWire.uuid(agent.instance()))).build());
            return new Credentials(certificate(FromWire.bytes(response.getAuthority())),
                    certificate(FromWire.bytes(response.getCertificate())), keys.getPrivate());
        });
    }

    /** Shows the present certificate, which may have expired, for one that lives longer. */
    public static Answer renew(Address coordinator, Credentials present) {
        return ask(coordinator, new Trust.Mutual(present), channel -> present.with(certificate(
                FromWire.bytes(stub(channel).renew(RenewRequest.getDefaultInstance()).getCertificate()))));
    }

    private static java.security.cert.X509Certificate certificate(Bytes der) {
        return Certificates.read(der);
    }

    private static JoinServiceGrpc.JoinServiceBlockingV2Stub stub(ManagedChannel channel) {
        return JoinServiceGrpc.newBlockingV2Stub(channel).withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static Answer ask(Address coordinator, Trust trust, Question question) {
        var channel = Channels.open(coordinator, trust);
        try {
            return new Answer.Welcome(question.ask(channel));
        } catch (StatusException problem) {
            var why = Link.text(problem.getStatus());
            if (isOfAnotherAuthority(problem)) {
                return new Answer.Stranger(why);
            }
            return switch (problem.getStatus().getCode()) {
                case UNAUTHENTICATED -> new Answer.Unknown(why);
                case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED, UNKNOWN, INTERNAL, ABORTED, RESOURCE_EXHAUSTED ->
                    new Answer.NoAnswer(why);
                case ALREADY_EXISTS -> new Answer.Refused(new Refusal(why, true));
                default -> new Answer.Refused(new Refusal(why, false));
            };
        } catch (IllegalArgumentException nonsense) {
            return new Answer.Refused(
                    new Refusal("the coordinator's answer makes no sense here: " + nonsense.getMessage(), false));
        } finally {
            channel.shutdownNow();
        }
    }

    private static boolean isOfAnotherAuthority(Throwable problem) {
        for (var each = problem; each != null; each = each.getCause()) {
            if (each instanceof PinnedAuthority.WrongAuthority) {
                return true;
            }
        }
        return false;
    }

    /** What is asked of the coordinator on a channel of its own. */
    private interface Question {
        Credentials ask(ManagedChannel channel) throws StatusException;
    }
}
