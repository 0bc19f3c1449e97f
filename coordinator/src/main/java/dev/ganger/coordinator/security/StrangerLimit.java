package dev.ganger.coordinator.security;

import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Who is nobody yet may send only little: a call that anybody may make is cut off while its message comes, before it costs memory. */
public final class StrangerLimit {
    /** A message to join has far less. */
    public static final int BYTES = 16 * 1024;

    private StrangerLimit() {}

    /** Counts what comes over the network. What it throws resets the stream. */
    public static ServerStreamTracer.Factory onTheWire() {
        return new ServerStreamTracer.Factory() {
            @Override
            public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
                return isForAnyone(method) ? new Counting() : new ServerStreamTracer() {
                };
            }
        };
    }

    /** Counts what is unpacked. */
    public static InputStream of(String method, InputStream message) {
        return isForAnyone(method) ? new Bounded(message) : message;
    }

    private static boolean isForAnyone(String method) {
        var row = Access.of(method);
        return row == null || row.need() == Need.ANYONE;
    }

    private static RuntimeException tooMuch() {
        return Status.RESOURCE_EXHAUSTED.withDescription("who has not joined sends at most %d bytes".formatted(BYTES))
                .asRuntimeException();
    }

    /** All that one call sends. */
    private static final class Counting extends ServerStreamTracer {
        private long bytes;

        @Override
        public void inboundWireSize(long more) {
            bytes += more;
            if (bytes > BYTES) {
                throw tooMuch();
            }
        }
    }

    /** One message. */
    private static final class Bounded extends FilterInputStream {
        private long left = BYTES;

        private Bounded(InputStream message) {
            super(message);
        }

        @Override
        public int read() throws IOException {
            var next = super.read();
            take(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            var count = super.read(target, from, length);
            take(Math.max(0, count));
            return count;
        }

        private void take(long count) {
            left -= count;
            if (left < 0) {
                throw tooMuch();
            }
        }
    }
}
