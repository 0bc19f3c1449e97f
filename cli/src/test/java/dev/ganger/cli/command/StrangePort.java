package dev.ganger.cli.command;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** A port at which something answers that is no coordinator: it says one thing to each caller and hangs up; or nothing, for ever. */
final class StrangePort implements AutoCloseable {
    private final ServerSocket server;
    private final ConcurrentLinkedQueue<Socket> silent = new ConcurrentLinkedQueue<>();

    StrangePort(byte @Nullable [] words) throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    answer(server.accept(), words);
                }
            } catch (IOException _) {
                // The test is over.
            }
        });
    }

    private void answer(Socket caller, byte @Nullable [] words) throws IOException {
        if (words == null) {
            silent.add(caller);
            return;
        }
        try (caller) {
            if (words.length > 0) {
                var _ = caller.getInputStream().read(new byte[1024]);
                caller.getOutputStream().write(words);
            }
        }
    }

    String address() {
        return server.getInetAddress().getHostAddress() + ":" + server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var caller : silent) {
            caller.close();
        }
    }
}
