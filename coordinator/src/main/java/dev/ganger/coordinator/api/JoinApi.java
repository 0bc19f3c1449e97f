package dev.ganger.coordinator.api;

import com.google.protobuf.ByteString;
import dev.ganger.coordinator.core.Command;
import dev.ganger.coordinator.core.Command.Joiner;
import dev.ganger.coordinator.core.Identity;
import dev.ganger.coordinator.loop.Core;
import dev.ganger.coordinator.security.Authority;
import dev.ganger.coordinator.security.Caller;
import dev.ganger.coordinator.security.FreshToken;
import dev.ganger.coordinator.security.Peer;
import dev.ganger.coordinator.security.Protection;
import dev.ganger.coordinator.security.WrongTokens;
import dev.ganger.model.Bytes;
import dev.ganger.model.Role;
import dev.ganger.proto.v1.JoinRequest;
import dev.ganger.proto.v1.JoinResponse;
import dev.ganger.proto.v1.JoinServiceGrpc;
import dev.ganger.proto.v1.RenewRequest;
import dev.ganger.proto.v1.RenewResponse;
import dev.ganger.trust.Certificates;
import dev.ganger.trust.Keys;
import dev.ganger.trust.TokenLine;
import dev.ganger.wire.AccessToWire;
import dev.ganger.wire.FromWire;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes somebody of who shows a token, and keeps it so. */
final class JoinApi extends JoinServiceGrpc.JoinServiceImplBase {
    private final Core core;
    private final Protection protection;
    private final WrongTokens wrong = new WrongTokens(WrongTokens.DELAY);

    JoinApi(Core core, Protection protection) {
        this.core = core;
        this.protection = protection;
    }

    @Override
    public void join(JoinRequest request, StreamObserver<JoinResponse> answer) {
        var peer = Peer.present();
        Unary.serve(answer, () -> {
            var tls = AccessApi.tls(protection);
            if (wrong.isTooMuch(peer.address())) {
                throw Status.RESOURCE_EXHAUSTED
                        .withDescription("too many wrong tokens came from your address just now; try again in a second")
                        .asRuntimeException();
            }
            var key = Keys.readPublic(bytes(request.getPublicKey()));
            try {
                return welcome(joined(request, key, peer), key, tls.authority());
            } catch (StatusRuntimeException refused) {
                if (refused.getStatus().getCode() == Status.Code.UNAUTHENTICATED) {
                    holdUp(peer);
                }
                throw refused;
            }
        });
    }

    private Identity joined(JoinRequest request, PublicKey key, Peer peer) {
        if (request.getSecret().size() != TokenLine.SECRET_BYTES) {
            throw Status.UNAUTHENTICATED.withDescription("the secret of a token has %d bytes, not %d"
                    .formatted(TokenLine.SECRET_BYTES, request.getSecret().size())).asRuntimeException();
        }
        return Statuses.reply(core.execute(new Command.Join(request.getToken(), FreshToken.hash(bytes(request.getSecret())),
                Keys.hash(key), joiner(request), peer.isOnLoopback()))).identity();
    }

    private static Joiner joiner(JoinRequest request) {
        return switch (request.getJoinerCase()) {
            case AGENT -> {
                var name = request.getAgent().getName();
                if (name.isBlank()) {
                    throw new IllegalArgumentException("an agent has a name");
                }
                yield new Joiner.AnAgent(name, FromWire.uuid(request.getAgent().getInstance()));
            }
            case USER -> new Joiner.AUser(UUID.randomUUID());
            case JOINER_NOT_SET -> throw new IllegalArgumentException("who joins is an agent or a user");
        };
    }

    private void holdUp(Peer peer) {
        try {
            wrong.holdUp(peer.address());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static JoinResponse welcome(Identity identity, PublicKey key, Authority authority) {
        return JoinResponse.newBuilder().setCertificate(der(certificate(identity, key, authority)))
                .setAuthority(der(authority.certificate())).setName(identity.name()).setRole(AccessToWire.role(role(identity)))
                .build();
    }

    private static X509Certificate certificate(Identity identity, PublicKey key, Authority authority) {
        return switch (identity) {
            case Identity.OfAgent agent -> authority.agent(agent.name(), agent.instance(), key);
            case Identity.OfUser user -> authority.user(user.name(), user.identity(), key);
        };
    }

    private static @Nullable Role role(Identity identity) {
        return identity instanceof Identity.OfUser user ? user.role() : null;
    }

    @Override
    public void renew(RenewRequest request, StreamObserver<RenewResponse> answer) {
        var caller = Caller.present();
        var peer = Peer.present();
        Unary.serve(answer, () -> {
            var tls = AccessApi.tls(protection);
            var shown = peer.shown();
            if (shown == null) {
                throw new IllegalStateException("somebody without a certificate passed the gate");
            }
            var renewed = switch (caller) {
                case Caller.Agent agent -> tls.authority().agent(agent.name(), agent.instance(), shown.key());
                case Caller.User user -> tls.authority().user(user.name(), user.identity(), shown.key());
                case Caller.Anonymous _,Caller.Stranger _ ->
                    throw new IllegalStateException("somebody without an identity passed the gate");
            };
            tls.directory().renewed(shown, renewed.getNotAfter().getTime());
            return RenewResponse.newBuilder().setCertificate(der(renewed)).build();
        });
    }

    private static ByteString der(X509Certificate certificate) {
        return ByteString.copyFrom(Certificates.der(certificate).toByteArray());
    }

    private static Bytes bytes(ByteString bytes) {
        return Bytes.wrap(bytes.toByteArray());
    }
}
