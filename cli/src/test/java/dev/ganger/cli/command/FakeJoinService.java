package dev.ganger.cli.command;

import com.google.protobuf.ByteString;
import dev.ganger.model.Admission;
import dev.ganger.proto.v1.JoinRequest;
import dev.ganger.proto.v1.JoinResponse;
import dev.ganger.proto.v1.JoinServiceGrpc;
import dev.ganger.trust.Certificates;
import dev.ganger.trust.Keys;
import dev.ganger.wire.AccessToWire;
import dev.ganger.wire.FromWire;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;

/** Lets users in to the fake coordinator. */
final class FakeJoinService extends JoinServiceGrpc.JoinServiceImplBase {
    private final FakeAccess access;

    FakeJoinService(FakeAccess access) {
        this.access = access;
    }

    @Override
    public void join(JoinRequest request, StreamObserver<JoinResponse> answers) {
        var key = FromWire.bytes(request.getPublicKey());
        var token = access.use(request.getToken(), key);
        if (token == null || !(token.admission() instanceof Admission.OfUser(var name, var role))) {
            answers.onError(Status.UNAUTHENTICATED
                    .withDescription("the token " + request.getToken() + " is used up; ask an admin for another").asException());
            return;
        }
        if (access.breakingJoins-- > 0) {
            answers.onError(Status.UNAVAILABLE.withDescription("the connection broke").asException());
            return;
        }
        var certificate = access.authority.user(name, Keys.readPublic(key), access.life);
        answers.onNext(JoinResponse.newBuilder().setName(name).setRole(AccessToWire.role(role))
                .setAuthority(der(access.authority.certificate())).setCertificate(der(certificate)).build());
        answers.onCompleted();
    }

    private static ByteString der(java.security.cert.X509Certificate certificate) {
        return ByteString.copyFrom(Certificates.der(certificate).toByteArray());
    }
}
