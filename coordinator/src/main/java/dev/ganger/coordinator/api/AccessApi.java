package dev.ganger.coordinator.api;

import dev.ganger.coordinator.core.Command;
import dev.ganger.coordinator.core.Views;
import dev.ganger.coordinator.loop.Core;
import dev.ganger.coordinator.security.Caller;
import dev.ganger.coordinator.security.FreshToken;
import dev.ganger.coordinator.security.Protection;
import dev.ganger.model.Admission;
import dev.ganger.model.Role;
import dev.ganger.proto.v1.AccessServiceGrpc;
import dev.ganger.proto.v1.CreateTokenRequest;
import dev.ganger.proto.v1.CreateTokenResponse;
import dev.ganger.proto.v1.ListTokensRequest;
import dev.ganger.proto.v1.ListTokensResponse;
import dev.ganger.proto.v1.ListUsersRequest;
import dev.ganger.proto.v1.ListUsersResponse;
import dev.ganger.proto.v1.RemoveUserRequest;
import dev.ganger.proto.v1.RemoveUserResponse;
import dev.ganger.proto.v1.RevokeTokenRequest;
import dev.ganger.proto.v1.RevokeTokenResponse;
import dev.ganger.proto.v1.WhoAmIRequest;
import dev.ganger.proto.v1.WhoAmIResponse;
import dev.ganger.wire.AccessFromWire;
import dev.ganger.wire.AccessToWire;
import dev.ganger.wire.FromWire;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Duration;

/** Serves who decides about who may come in. */
final class AccessApi extends AccessServiceGrpc.AccessServiceImplBase {
    private static final Duration DEFAULT_EXPIRY = Duration.ofHours(1);
    private static final Duration LEAST_EXPIRY = Duration.ofSeconds(1);
    private static final Duration MOST_EXPIRY = Duration.ofDays(3_650);

    private final Core core;
    private final Protection protection;

    AccessApi(Core core, Protection protection) {
        this.core = core;
        this.protection = protection;
    }

    /** Throws a status, in a sentence, if nobody can join here. */
    static Protection.Tls tls(Protection protection) {
        return switch (protection) {
            case Protection.Tls tls -> tls;
            case Protection.None _ -> throw Status.FAILED_PRECONDITION.withDescription(
                    "this coordinator runs with --insecure: everybody on its machine is an admin, and nobody joins; start it without")
                    .asRuntimeException();
        };
    }

    @Override
    public void whoAmI(WhoAmIRequest request, StreamObserver<WhoAmIResponse> answer) {
        var caller = Caller.present();
        Unary.serve(answer, () -> WhoAmIResponse.newBuilder().setName(caller.name())
                .setAgent(caller instanceof Caller.Agent).setRole(AccessToWire.role(switch (caller) {
                    case Caller.User user -> user.role();
                    case Caller.Anonymous _ -> Role.ADMIN;
                    case Caller.Agent _,Caller.Stranger _ -> null;
                })).build());
    }

    @Override
    public void createToken(CreateTokenRequest request, StreamObserver<CreateTokenResponse> answer) {
        var caller = Caller.present();
        Unary.serve(answer, () -> create(request, caller, tls(protection)));
    }

    private CreateTokenResponse create(CreateTokenRequest request, Caller caller, Protection.Tls tls) {
        var expiry = request.hasExpires() ? FromWire.duration(request.getExpires()) : DEFAULT_EXPIRY;
        if (expiry.compareTo(LEAST_EXPIRY) < 0 || expiry.compareTo(MOST_EXPIRY) > 0) {
            throw new IllegalArgumentException("a token is good for 1s to %dd".formatted(MOST_EXPIRY.toDays()));
        }
        var token = new FreshToken(admission(request));
        var made = Statuses.reply(core.execute(token.command(request.getUses() == 0 ? 1 : request.getUses(),
                tls.clock().instant().plus(expiry), caller.name())));
        return CreateTokenResponse.newBuilder().setToken(AccessToWire.token(made.token()))
                .setLine(token.line(tls.authority(), tls.advertised().get().toString()).word()).build();
    }

    private static Admission admission(CreateTokenRequest request) {
        return switch (request.getSubjectCase()) {
            case AGENT -> AccessFromWire.agent(request.getAgent());
            case USER -> AccessFromWire.user(request.getUser());
            case SUBJECT_NOT_SET -> throw new IllegalArgumentException("a token lets in an agent or a user");
        };
    }

    @Override
    public void listTokens(ListTokensRequest request, StreamObserver<ListTokensResponse> answer) {
        Unary.serve(answer, () -> ListTokensResponse.newBuilder()
                .addAllTokens(Statuses.await(core.read(Views::tokens)).stream().map(AccessToWire::token).toList()).build());
    }

    @Override
    public void revokeToken(RevokeTokenRequest request, StreamObserver<RevokeTokenResponse> answer) {
        Unary.serve(answer, () -> {
            Statuses.reply(core.execute(new Command.RevokeToken(request.getId())));
            return RevokeTokenResponse.getDefaultInstance();
        });
    }

    @Override
    public void listUsers(ListUsersRequest request, StreamObserver<ListUsersResponse> answer) {
        Unary.serve(answer, () -> ListUsersResponse.newBuilder()
                .addAllUsers(Statuses.await(core.read(Views::users)).stream().map(AccessToWire::user).toList()).build());
    }

    @Override
    public void removeUser(RemoveUserRequest request, StreamObserver<RemoveUserResponse> answer) {
        Unary.serve(answer, () -> RemoveUserResponse.newBuilder()
                .setLogins(Statuses.reply(core.execute(new Command.RemoveUser(request.getName()))).count()).build());
    }
}
