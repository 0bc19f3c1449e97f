package dev.ganger.coordinator.security;

import dev.ganger.trust.Credentials;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.time.InstantSource;

/** Every call passes here: who makes it, is it known, and may it. */
public final class Gate implements ServerInterceptor {
    private final Directory directory;
    private final InstantSource clock;

    public Gate(Directory directory, InstantSource clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /** Where nothing is encrypted nobody is known, and everybody may do everything. */
    public static ServerInterceptor open() {
        return new ServerInterceptor() {
            @Override
            public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers,
                    ServerCallHandler<Q, A> next) {
                return Contexts.interceptCall(context(Caller.ANONYMOUS, Peer.of(call.getAttributes())), call, headers, next);
            }
        };
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        var method = call.getMethodDescriptor().getFullMethodName();
        var row = Access.of(method);
        if (row == null) {
            return refuse(call, Refusals.nobody(method));
        }
        var known = call.getAttributes().get(Peer.ATTRIBUTE);
        var peer = known == null ? Peer.of(call.getAttributes()) : known;
        if (row.need() == Need.ANYONE) {
            return Contexts.interceptCall(context(Caller.Stranger.STRANGER, peer), call, headers, next);
        }
        var shown = peer.shown();
        if (shown == null) {
            return refuse(call, Refusals.stranger(row));
        }
        var standing = directory.of(shown);
        return standing == null
                ? refuse(call, Refusals.unknown(shown, directory.farewell(shown.id())))
                : pass(call, headers, next, row, peer, shown, standing);
    }

    private <Q, A> ServerCall.Listener<Q> pass(ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next,
            Access.Row row, Peer peer, Peer.Shown shown, Standing standing) {
        var expiry = new Expiry(shown, standing, clock, row.need() == Need.RENEWAL ? Credentials.RENEWABLE.toMillis() : 0);
        if (expiry.isPast()) {
            return refuse(call, expiry.status());
        }
        if (!row.need().isMetBy(standing.caller())) {
            return refuse(call, Refusals.notFor(row, standing.caller()));
        }
        var guarded = new GuardedCall<>(call, standing, expiry);
        var begun = false;
        standing.begin(guarded);
        try {
            var listener = Contexts.interceptCall(context(standing.caller(), peer), guarded, headers, next);
            begun = true;
            return new Guarded<>(listener, guarded);
        } finally {
            if (!begun) {
                guarded.finish();
            }
        }
    }

    private static Context context(Caller caller, Peer peer) {
        return Context.current().withValues(Caller.KEY, caller, Peer.KEY, peer);
    }

    private static <Q, A> ServerCall.Listener<Q> refuse(ServerCall<Q, A> call, Status status) {
        call.close(status, new Metadata());
        return new ServerCall.Listener<>() {
        };
    }

    /** Lets nothing reach the service any more once the call is ended. */
    private static final class Guarded<Q> extends SimpleForwardingServerCallListener<Q> {
        private final GuardedCall<Q, ?> call;

        Guarded(ServerCall.Listener<Q> listener, GuardedCall<Q, ?> call) {
            super(listener);
            this.call = call;
        }

        @Override
        public void onMessage(Q message) {
            if (call.mayPass()) {
                super.onMessage(message);
            }
        }

        @Override
        public void onHalfClose() {
            if (call.mayPass()) {
                super.onHalfClose();
            }
        }

        @Override
        public void onComplete() {
            call.finish();
            if (call.wasEnded()) {
                super.onCancel();
            } else {
                super.onComplete();
            }
        }

        @Override
        public void onCancel() {
            call.finish();
            super.onCancel();
        }
    }
}
