package dev.ganger.cli.command;

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

/** Tokens and users of the fake coordinator. */
final class FakeAccessService extends AccessServiceGrpc.AccessServiceImplBase {
    private final FakeCoordinator coordinator;
    private final FakeAccess access;

    FakeAccessService(FakeCoordinator coordinator) {
        this.coordinator = coordinator;
        this.access = coordinator.access;
    }

    @Override
    public void whoAmI(WhoAmIRequest request, StreamObserver<WhoAmIResponse> answers) {
        if (access.breakingQuestions-- > 0) {
            answers.onError(Status.UNAVAILABLE.withDescription("the connection broke").asException());
            return;
        }
        var name = FakeGate.CALLER.get();
        var role = access.role(name);
        answer(answers, WhoAmIResponse.newBuilder().setName(name).setRole(AccessToWire.role(role == null ? Role.ADMIN : role))
                .build());
    }

    @Override
    public void createToken(CreateTokenRequest request, StreamObserver<CreateTokenResponse> answers) {
        Admission admission = request.hasAgent()
                ? AccessFromWire.agent(request.getAgent())
                : AccessFromWire.user(request.getUser());
        var line = access.create(admission, request.getUses(), FromWire.duration(request.getExpires()), coordinator.address());
        answer(answers, CreateTokenResponse.newBuilder().setLine(line.word())
                .setToken(AccessToWire.token(java.util.Objects.requireNonNull(access.tokens.get(line.id())))).build());
    }

    @Override
    public void listTokens(ListTokensRequest request, StreamObserver<ListTokensResponse> answers) {
        answer(answers, ListTokensResponse.newBuilder()
                .addAllTokens(access.tokens.values().stream().map(AccessToWire::token).toList()).build());
    }

    @Override
    public void revokeToken(RevokeTokenRequest request, StreamObserver<RevokeTokenResponse> answers) {
        if (access.revoke(request.getId())) {
            answer(answers, RevokeTokenResponse.getDefaultInstance());
        } else {
            answers.onError(Status.NOT_FOUND.withDescription("no such token: " + request.getId()).asException());
        }
    }

    @Override
    public void listUsers(ListUsersRequest request, StreamObserver<ListUsersResponse> answers) {
        answer(answers,
                ListUsersResponse.newBuilder().addAllUsers(access.users.stream().map(AccessToWire::user).toList()).build());
    }

    @Override
    public void removeUser(RemoveUserRequest request, StreamObserver<RemoveUserResponse> answers) {
        var logins = access.remove(request.getName());
        if (logins > 0) {
            answer(answers, RemoveUserResponse.newBuilder().setLogins(logins).build());
        } else {
            answers.onError(Status.NOT_FOUND.withDescription("no such user: " + request.getName()).asException());
        }
    }

    private static <T> void answer(StreamObserver<T> answers, T answer) {
        answers.onNext(answer);
        answers.onCompleted();
    }
}
