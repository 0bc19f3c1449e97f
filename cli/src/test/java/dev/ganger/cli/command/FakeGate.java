package dev.ganger.cli.command;

import dev.ganger.proto.v1.JoinServiceGrpc;
import dev.ganger.trust.Certificates;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Lets in to the fake coordinator who has a certificate that counts; on plain text, anybody. */
final class FakeGate implements ServerInterceptor {
    static final Context.Key<String> CALLER = Context.keyWithDefault("caller", "anonymous");

    private final FakeAccess access;

    FakeGate(FakeAccess access) {
        this.access = access;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        var session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        if (session == null || JoinServiceGrpc.SERVICE_NAME.equals(call.getMethodDescriptor().getServiceName())) {
            return next.startCall(call, headers);
        }
        try {
            var certificate = (X509Certificate) session.getPeerCertificates()[0];
            var obstacle = obstacle(certificate);
            if (obstacle == null) {
                return Contexts.interceptCall(Context.current().withValue(CALLER, Certificates.name(certificate)), call, headers,
                        next);
            }
            call.close(Status.UNAUTHENTICATED.withDescription(obstacle), new Metadata());
        } catch (SSLPeerUnverifiedException nobody) {
            call.close(Status.UNAUTHENTICATED.withDescription("show a certificate"), new Metadata());
        }
        return new ServerCall.Listener<>() {
        };
    }

    private @Nullable String obstacle(X509Certificate certificate) {
        var name = Certificates.name(certificate);
        if (access.removed.contains(name)) {
            return "the user " + name + " was removed; ask an admin for a token";
        }
        return certificate.getNotAfter().before(Date.from(Instant.now())) ? "the certificate of " + name + " has expired" : null;
    }
}
