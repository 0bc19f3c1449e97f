package dev.ganger.coordinator.security;

import dev.ganger.coordinator.core.Identity;
import dev.ganger.model.Bytes;
import dev.ganger.model.Role;
import dev.ganger.proto.v1.ControlServiceGrpc;
import dev.ganger.proto.v1.GetStatusRequest;
import dev.ganger.proto.v1.GetStatusResponse;
import dev.ganger.trust.Keys;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A call that is ended while it is used. */
final class GuardedCallTest {
    private static final Status REMOVED = Status.PERMISSION_DENIED.withDescription("removed");
    private static final int ROUNDS = 20_000;

    private final Peer.Shown shown = new Peer.Shown(false, new UUID(1, 2), "ann", Keys.generate().getPublic(),
            Bytes.wrap(new byte[32]), Long.MAX_VALUE);
    private final Standing standing = new Standing(
            new Identity.OfUser(shown.id(), "ann", Role.VIEWER, shown.keyHash(), "t", Instant.EPOCH));

    /** Sees whether it is used by one thread at a time, and closed once. */
    private static final class Strict extends ServerCall<GetStatusRequest, GetStatusResponse> {
        private final AtomicInteger users = new AtomicInteger();
        private final AtomicInteger closed = new AtomicInteger();
        private volatile @Nullable Status status;
        private volatile boolean broken;

        private void use() {
            broken |= users.incrementAndGet() != 1 || closed.get() > 0;
            users.decrementAndGet();
        }

        @Override
        public void request(int count) {}

        @Override
        public void sendHeaders(Metadata headers) {
            use();
        }

        @Override
        public void sendMessage(GetStatusResponse message) {
            use();
        }

        @Override
        public void close(Status end, Metadata trailers) {
            use();
            closed.incrementAndGet();
            status = end;
        }

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public MethodDescriptor<GetStatusRequest, GetStatusResponse> getMethodDescriptor() {
            return ControlServiceGrpc.getGetStatusMethod();
        }
    }

    private GuardedCall<GetStatusRequest, GetStatusResponse> guarded(Strict call) {
        return new GuardedCall<>(call, standing, new Expiry(shown, standing, InstantSource.system(), 0));
    }

    @Test
    void whoeverEndsItItIsUsedByOneThreadAtATimeAndEndsOnce() throws InterruptedException {
        for (var round = 0; round < ROUNDS; round++) {
            var strict = new Strict();
            var call = guarded(strict);
            var ready = new CountDownLatch(1);
            var other = Thread.ofVirtual().start(() -> {
                ready.countDown();
                call.end(REMOVED);
            });
            ready.await();
            call.sendHeaders(new Metadata());
            call.sendMessage(GetStatusResponse.getDefaultInstance());
            call.close(Status.OK, new Metadata());
            other.join();
            assertThat(strict.broken).isFalse();
            assertThat(strict.closed).hasValue(1);
        }
    }

    @Test
    void onceEndedNothingIsSentAndItsServiceSeesThat() {
        var strict = new Strict();
        var call = guarded(strict);
        call.end(REMOVED);
        call.sendMessage(GetStatusResponse.getDefaultInstance());
        call.close(Status.OK, new Metadata());
        call.end(Status.ABORTED);
        assertThat(strict.status).isEqualTo(REMOVED);
        assertThat(strict.broken).isFalse();
        assertThat(call.isCancelled()).isTrue();
        assertThat(call.mayPass()).isFalse();
    }

    @Test
    void aCallThatBeginsAfterTheRemovalEndsAtOnce() {
        standing.end(REMOVED);
        var strict = new Strict();
        standing.begin(guarded(strict));
        assertThat(strict.status).isEqualTo(REMOVED);
    }
}
