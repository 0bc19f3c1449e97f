package dev.ganger.coordinator.security;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A call that ends, whatever its service does, when its caller is nobody any more. As a call may be used by one thread at a time, who ends it
 * and who sends on it agree on one number, so that a message costs no lock.
 */
final class GuardedCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private static final int FREE = 0;
    private static final int SENDING = 1;
    /** Whoever sends is to end the call when it has sent. */
    private static final int ENDING = 2;
    private static final int OVER = 3;

    private final Standing standing;
    private final Expiry expiry;
    private final AtomicInteger state = new AtomicInteger();
    private volatile @Nullable Status end;

    GuardedCall(ServerCall<Q, A> call, Standing standing, Expiry expiry) {
        super(call);
        this.standing = standing;
        this.expiry = expiry;
    }

    /** From any thread. */
    void end(Status status) {
        if (end == null) {
            end = status;
        }
        while (true) {
            switch (state.get()) {
                case FREE -> {
                    if (state.compareAndSet(FREE, OVER)) {
                        super.close(status, new Metadata());
                        return;
                    }
                }
                case SENDING -> {
                    if (state.compareAndSet(SENDING, ENDING)) {
                        return;
                    }
                }
                default -> {
                    return;
                }
            }
        }
    }

    /** Whether a message may pass now; if the certificate has expired the call ends. */
    boolean mayPass() {
        if (state.get() >= ENDING) {
            return false;
        }
        if (expiry.isPast()) {
            end(expiry.status());
            return false;
        }
        return true;
    }

    /** Whether it was ended from outside. */
    boolean wasEnded() {
        return end != null;
    }

    void finish() {
        standing.finish(this);
    }

    @Override
    public void sendHeaders(Metadata headers) {
        if (enter()) {
            try {
                super.sendHeaders(headers);
            } finally {
                leave();
            }
        }
    }

    @Override
    public void sendMessage(A message) {
        if (mayPass() && enter()) {
            try {
                super.sendMessage(message);
            } finally {
                leave();
            }
        }
    }

    @Override
    public void close(Status status, Metadata trailers) {
        if (enter()) {
            state.set(OVER);
            super.close(status, trailers);
        }
    }

    @Override
    public boolean isCancelled() {
        return wasEnded() || super.isCancelled();
    }

    private boolean enter() {
        while (!state.compareAndSet(FREE, SENDING)) {
            if (state.get() >= ENDING) {
                return false;
            }
            Thread.onSpinWait();
        }
        return true;
    }

    private void leave() {
        var status = end;
        if (!state.compareAndSet(SENDING, FREE) && status != null) {
            state.set(OVER);
            super.close(status, new Metadata());
        }
    }
}
