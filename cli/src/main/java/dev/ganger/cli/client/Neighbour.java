package dev.ganger.cli.client;

import dev.ganger.cli.client.Failure.Kind;
import dev.ganger.wire.Address;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Who listens at an address where one has no identity: what is to be done depends on it. */
public final class Neighbour {
    private static final int CONNECT_MILLIS = 3000;
    /** A coordinator in plain text greets at once; one that wants TLS waits for the first word. */
    private static final int GREETING_MILLIS = 300;
    private static final int FRAME_HEADER_BYTES = 9;
    private static final int FRAME_TYPE = 3;
    private static final int SETTINGS = 4;

    private final Address address;

    public Neighbour(Address address) {
        this.address = address;
    }

    /**
     * That one cannot go there, and what to do.
     *
     * @param otherwise where one could go instead, as the end of a sentence; may be empty
     */
    public Failure unknown(String otherwise) {
        if (!address.isLoopback()) {
            return new Failure(Kind.NOT_ALLOWED,
                    "no identity for " + address + "; get a token from its admin" + logIn(otherwise));
        }
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.host(), address.port()), CONNECT_MILLIS);
            socket.setSoTimeout(GREETING_MILLIS);
            return speaksPlainText(socket)
                    ? new Failure(Kind.NOT_ALLOWED, Handshake.plainText(address.toString()))
                    : new Failure(Kind.NOT_ALLOWED, "no identity for " + address
                            + ": if a coordinator is there, another user started it; get a token from its admin"
                            + logIn(otherwise));
        } catch (ConnectException nobody) {
            return new Failure(Kind.UNREACHABLE, Failures.refused(address)
                    + (otherwise.isEmpty() ? ", or go to one elsewhere with 'ganger login TOKEN'" : otherwise), nobody);
        } catch (IOException problem) {
            return new Failure(Kind.UNREACHABLE, "cannot reach the coordinator at " + address + ": " + problem.getMessage(),
                    problem);
        }
    }

    private static String logIn(String otherwise) {
        return " ('ganger token create user NAME') and 'ganger login TOKEN'" + otherwise;
    }

    private static boolean speaksPlainText(Socket socket) {
        try {
            var header = socket.getInputStream().readNBytes(FRAME_HEADER_BYTES);
            return header.length == FRAME_HEADER_BYTES && header[FRAME_TYPE] == SETTINGS;
        } catch (IOException silent) {
            return false;
        }
    }
}
