package dev.ganger.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A long way to a server: each connection to its port is one to the server, and what is said arrives as late as it is told, in each direction;
 * kernels that cannot delay packets have nothing else. A program of its own, so that it can run in a namespace: PORT SERVER-PORT MILLISECONDS.
 */
final class FaultyLink {
    private static final int BUFFER = 64 << 10;
    /** Of a direction of a connection: who sends more waits, as on a real link. */
    private static final int UNDERWAY = 256;

    private final int serverPort;
    private final long delayNanos;

    /** Bytes on their way, or the end of them: none. */
    private record Piece(byte[] bytes, long arrivesAt) {}

    private FaultyLink(int serverPort, Duration delay) {
        this.serverPort = serverPort;
        this.delayNanos = delay.toNanos();
    }

    static void main(String[] arguments) throws IOException {
        var link = new FaultyLink(Integer.parseInt(arguments[1]), Duration.ofMillis(Long.parseLong(arguments[2])));
        try (var listening = new ServerSocket(Integer.parseInt(arguments[0]))) {
            System.out.println("ready");
            while (true) {
                link.connect(listening.accept());
            }
        }
    }

    private void connect(Socket near) throws IOException {
        var far = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        near.setTcpNoDelay(true);
        far.setTcpNoDelay(true);
        carry(near, far);
        carry(far, near);
    }

    /** One reads, and one writes when it is time. */
    private void carry(Socket from, Socket to) {
        BlockingQueue<Piece> underway = new LinkedBlockingQueue<>(UNDERWAY);
        Thread.ofVirtual().start(() -> take(from, underway));
        Thread.ofVirtual().start(() -> deliver(underway, to));
    }

    private void take(Socket from, BlockingQueue<Piece> underway) {
        var buffer = new byte[BUFFER];
        try {
            var some = 0;
            while (some >= 0) {
                some = read(from, buffer);
                var bytes = new byte[Math.max(0, some)];
                System.arraycopy(buffer, 0, bytes, 0, bytes.length);
                underway.put(new Piece(bytes, System.nanoTime() + delayNanos));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A broken connection ends like one that was closed. */
    private static int read(Socket from, byte[] buffer) {
        try {
            return from.getInputStream().read(buffer);
        } catch (IOException _) {
            return -1;
        }
    }

    private static void deliver(BlockingQueue<Piece> underway, Socket to) {
        try (to) {
            while (true) {
                var piece = underway.take();
                for (var left = piece.arrivesAt - System.nanoTime(); left > 0; left = piece.arrivesAt - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                if (piece.bytes.length == 0) {
                    return;
                }
                to.getOutputStream().write(piece.bytes);
            }
        } catch (IOException _) {
            // Whoever it was for has gone: what is still under way has nobody to go to.
            drain(underway);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** So that whoever takes does not wait for room. */
    private static void drain(BlockingQueue<Piece> underway) {
        try {
            for (var piece = underway.poll(1, TimeUnit.MINUTES); piece != null && piece.bytes.length > 0;) {
                piece = underway.poll(1, TimeUnit.MINUTES);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
