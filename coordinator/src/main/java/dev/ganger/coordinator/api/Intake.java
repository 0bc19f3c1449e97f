package dev.ganger.coordinator.api;

import dev.ganger.coordinator.security.Peer;
import dev.ganger.coordinator.security.StrangerLimit;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the messages of a service so that one that cannot be read is refused in a sentence, and said in a line. */
final class Intake {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    private static final Seldom SELDOM = new Seldom();

    private Intake() {}

    /** What came as one message: it, or why it cannot be read. */
    private record Received<Q>(@Nullable Q message, Status status) {}

    static ServerServiceDefinition of(ServerServiceDefinition service) {
        var methods = service.getMethods().stream().<ServerMethodDefinition<?, ?>>map(Intake::of).toList();
        var known = service.getServiceDescriptor();
        var descriptor = ServiceDescriptor.newBuilder(known.getName()).setSchemaDescriptor(known.getSchemaDescriptor());
        methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
        var builder = ServerServiceDefinition.builder(descriptor.build());
        methods.forEach(builder::addMethod);
        return builder.build();
    }

    private static <Q, A> ServerMethodDefinition<Received<Q>, A> of(ServerMethodDefinition<Q, A> method) {
        var descriptor = method.getMethodDescriptor();
        var received = descriptor.toBuilder(new Reading<>(descriptor), descriptor.getResponseMarshaller()).build();
        ServerCallHandler<Q, A> handler = method.getServerCallHandler();
        return ServerMethodDefinition.create(received,
                (call, headers) -> new Listener<>(call, handler.startCall(new Call<>(call, descriptor), headers)));
    }

    /** Never fails: what cannot be read would be answered by a stack trace in the log. */
    private static final class Reading<Q> implements MethodDescriptor.Marshaller<Received<Q>> {
        private final MethodDescriptor<Q, ?> method;

        private Reading(MethodDescriptor<Q, ?> method) {
            this.method = method;
        }

        @Override
        public InputStream stream(Received<Q> value) {
            throw new AssertionError("a server sends no requests");
        }

        @Override
        public Received<Q> parse(InputStream stream) {
            try {
                return new Received<>(method.parseRequest(StrangerLimit.of(method.getFullMethodName(), stream)), Status.OK);
            } catch (StatusRuntimeException refused) {
                var status = refused.getStatus();
                return new Received<>(null, status.getCode() == Status.Code.INTERNAL
                        ? Status.INVALID_ARGUMENT.withDescription("this is no message of " + method.getFullMethodName()
                                + "; update the older of the two programs")
                        : status);
            }
        }
    }

    /** As the service knows it. */
    private static final class Call<Q, A> extends SimpleForwardingServerCall<Q, A> {
        private final MethodDescriptor<Q, A> method;

        @SuppressWarnings("unchecked")
        private Call(ServerCall<Received<Q>, A> call, MethodDescriptor<Q, A> method) {
            // a call is asked for its messages by the listener alone
            super((ServerCall<Q, A>) (ServerCall<?, A>) call);
            this.method = method;
        }

        @Override
        public MethodDescriptor<Q, A> getMethodDescriptor() {
            return method;
        }
    }

    /** Gives the service what can be read, and ends the call at what cannot. */
    private static final class Listener<Q> extends ServerCall.Listener<Received<Q>> {
        private final ServerCall<Received<Q>, ?> call;
        private final ServerCall.Listener<Q> service;
        private boolean over;

        private Listener(ServerCall<Received<Q>, ?> call, ServerCall.Listener<Q> service) {
            this.call = call;
            this.service = service;
        }

        @Override
        public void onMessage(Received<Q> received) {
            if (over) {
                return;
            }
            var message = received.message();
            if (message != null) {
                service.onMessage(message);
                return;
            }
            over = true;
            var before = SELDOM.passedOver();
            if (before >= 0) {
                LOG.warn("{} sent what cannot be read, and was refused: {} (and {} others in the last minute)",
                        Peer.present().address(), received.status().getDescription(), before);
            }
            call.close(received.status(), new Metadata());
            service.onCancel();
        }

        @Override
        public void onHalfClose() {
            if (!over) {
                service.onHalfClose();
            }
        }

        @Override
        public void onCancel() {
            if (!over) {
                service.onCancel();
            }
        }

        @Override
        public void onComplete() {
            if (!over) {
                service.onComplete();
            }
        }

        @Override
        public void onReady() {
            if (!over) {
                service.onReady();
            }
        }
    }
}
