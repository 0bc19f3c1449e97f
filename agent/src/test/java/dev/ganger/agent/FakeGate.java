package dev.ganger.agent;

import com.google.protobuf.ByteString;
import dev.ganger.model.Bytes;
import dev.ganger.proto.v1.JoinRequest;
import dev.ganger.proto.v1.JoinResponse;
import dev.ganger.proto.v1.JoinServiceGrpc;
import dev.ganger.proto.v1.RenewRequest;
import dev.ganger.proto.v1.RenewResponse;
import dev.ganger.trust.Certificates;
import dev.ganger.trust.Fingerprint;
import dev.ganger.trust.Keys;
import dev.ganger.trust.PresentedKey;
import dev.ganger.trust.TestAuthority;
import dev.ganger.trust.TokenLine;
import dev.ganger.wire.Address;
import dev.ganger.wire.FromWire;
import io.grpc.Grpc;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.TlsServerCredentials;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** A coordinator over TLS that lets agents in and renews, as it is told. */
final class FakeGate extends JoinServiceGrpc.JoinServiceImplBase implements AutoCloseable {
    static final UUID INSTANCE = new UUID(7, 411);
    private static final Bytes SECRET = Bytes.of(new byte[TokenLine.SECRET_BYTES]);

    final TestAuthority authority;
    final List<JoinRequest> joins = new CopyOnWriteArrayList<>();
    volatile @Nullable Status refusal;
    volatile Duration life = Duration.ofDays(7);
    private volatile @Nullable JoinRequest last;
    final Semaphore renewed = new Semaphore(0);
    private final Server server;

    FakeGate(TestAuthority authority) throws IOException {
        this.authority = authority;
        var tls = TlsServerCredentials.newBuilder().keyManager(new PresentedKey(authority.coordinator())).build();
        server = Grpc.newServerBuilderForPort(0, tls).addService(this).build().start();
    }

    Address address() {
        return new Address("localhost", server.getPort());
    }

    TokenLine token(String name) {
        return new TokenLine(TokenLine.Kind.AGENT, address().toString(), Fingerprint.of(authority.certificate()), "t1", SECRET,
                name);
    }

    @Override
    public void join(JoinRequest request, StreamObserver<JoinResponse> answer) {
        joins.add(request);
        if (refusal instanceof Status status) {
            answer.onError(status.asRuntimeException());
            return;
        }
        last = request;
        answer.onNext(JoinResponse.newBuilder().setCertificate(certificate(request))
                .setAuthority(ByteString.copyFrom(Certificates.der(authority.certificate()).toByteArray()))
                .setName(request.getAgent().getName()).build());
        answer.onCompleted();
    }

    @Override
    public void renew(RenewRequest request, StreamObserver<RenewResponse> answer) {
        renewed.release();
        var joined = last;
        if (refusal instanceof Status status || joined == null) {
            answer.onError((refusal instanceof Status known ? known : Status.UNAUTHENTICATED).asRuntimeException());
            return;
        }
        answer.onNext(RenewResponse.newBuilder().setCertificate(certificate(joined)).build());
        answer.onCompleted();
    }

    private ByteString certificate(JoinRequest request) {
        return ByteString.copyFrom(Certificates.der(authority.agent(request.getAgent().getName(),
                FromWire.uuid(request.getAgent().getInstance()), life, Keys.readPublic(FromWire.bytes(request.getPublicKey()))))
                .toByteArray());
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
