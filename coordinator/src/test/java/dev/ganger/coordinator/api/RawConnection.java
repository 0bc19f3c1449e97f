package dev.ganger.coordinator.api;

import dev.ganger.trust.Credentials;
import dev.ganger.trust.Fingerprint;
import dev.ganger.trust.PinnedAuthority;
import dev.ganger.trust.PresentedKey;
import dev.ganger.wire.Address;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** Speaks TCP, TLS and HTTP/2 (RFC 9113) as badly as it is told to, and tells what comes back. */
final class RawConnection implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GO_AWAY = 7;
    static final int CONTINUATION = 9;
    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;
    static final int REFUSED_STREAM = 7;
    private static final int FRAME_HEADER_BYTES = 9;
    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket;
    private final OutputStream out;
    private final DataInputStream in;

    /** What came back. */
    record Frame(int type, int flags, int stream, byte[] payload) {
        /** Of a reset or a farewell. */
        int error() {
            return ByteBuffer.wrap(payload).getInt(type == GO_AWAY ? Integer.BYTES : 0);
        }
    }

    private RawConnection(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        this.out = socket.getOutputStream();
        this.in = new DataInputStream(socket.getInputStream());
    }

    /** Nothing but TCP. */
    static RawConnection tcp(Address to) throws IOException {
        return new RawConnection(new Socket(to.host(), to.port()));
    }

    /** After the handshake, which may fail. */
    static RawConnection tls(Address to, Fingerprint authority, @Nullable Credentials own, String protocol, String application)
            throws IOException {
        var socket = (SSLSocket) context(authority, own).getSocketFactory().createSocket(to.host(), to.port());
        socket.setEnabledProtocols(new String[]{protocol});
        var parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[]{application});
        socket.setSSLParameters(parameters);
        try {
            socket.startHandshake();
            return new RawConnection(socket);
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
    }

    private static SSLContext context(Fingerprint authority, @Nullable Credentials own) throws IOException {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(own == null ? new KeyManager[0] : new KeyManager[]{new PresentedKey(own)},
                    new TrustManager[]{new PinnedAuthority(authority)}, null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    // ---- saying

    void send(byte... bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** As every client of HTTP/2 begins. */
    void preface() throws IOException {
        send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        send(frame(SETTINGS, 0, 0));
    }

    static byte[] frame(int type, int flags, int stream, byte... payload) {
        return ByteBuffer.allocate(FRAME_HEADER_BYTES + payload.length).put((byte) (payload.length >> 16))
                .putShort((short) payload.length).put((byte) type).put((byte) flags).putInt(stream).put(payload).array();
    }

    /** The headers of a call. */
    static byte[] call(String method) {
        var headers = new ByteArrayOutputStream();
        header(headers, ":method", "POST");
        header(headers, ":scheme", "https");
        header(headers, ":path", "/" + method);
        header(headers, ":authority", "coordinator.ganger");
        header(headers, "content-type", "application/grpc");
        header(headers, "te", "trailers");
        return headers.toByteArray();
    }

    /** Literally, without index (RFC 7541, 6.2.2). */
    static void header(ByteArrayOutputStream to, String name, String value) {
        to.write(0);
        for (var text : new String[]{name, value}) {
            to.write(text.length());
            to.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    // ---- hearing

    /** Null: the other side has closed. */
    @Nullable
    Frame read() throws IOException {
        try {
            var header = new byte[FRAME_HEADER_BYTES];
            in.readFully(header);
            var buffer = ByteBuffer.wrap(header);
            var length = (buffer.get() & 0xff) << 16 | buffer.getShort() & 0xffff;
            var type = buffer.get();
            var flags = buffer.get();
            var stream = buffer.getInt();
            var payload = new byte[length];
            in.readFully(payload);
            return new Frame(type, flags, stream, payload);
        } catch (EOFException closed) {
            return null;
        }
    }

    /** Whatever comes, until the other side closes; fails if it does not. */
    byte[] readToTheEnd() throws IOException {
        var found = new ByteArrayOutputStream();
        try {
            in.transferTo(found);
        } catch (java.net.SocketTimeoutException open) {
            throw new AssertionError("it is still open, after " + Arrays.toString(found.toByteArray()), open);
        } catch (IOException _) {
            // Closed before all that was sent was read: that is closed, too.
        }
        return found.toByteArray();
    }

    /** Whether the other side closes within a moment. */
    boolean isClosedWithin(int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            return in.read() < 0;
        } catch (java.net.SocketTimeoutException open) {
            return false;
        } catch (IOException closed) {
            return true;
        } finally {
            if (!socket.isClosed()) {
                socket.setSoTimeout(PATIENCE_MILLIS);
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
