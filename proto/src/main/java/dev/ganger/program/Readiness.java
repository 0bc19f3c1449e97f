package dev.ganger.program;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Tells what started this program how far it is, by the protocol of sd_notify(3): a datagram to the socket that NOTIFY_SOCKET names. Without
 * that variable nothing is told, and what cannot be told is nobody's trouble: the program works as well.
 */
public final class Readiness {
    private static final String VARIABLE = "NOTIFY_SOCKET";
    /** The size of sun_path in struct sockaddr_un, and what is before it. */
    private static final int MOST_NAME_BYTES = 108;
    private static final int FAMILY_BYTES = 2;
    private static final short AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int MSG_DONTWAIT = 0x40;

    private final byte @Nullable [] name;

    private Readiness(byte @Nullable [] name) {
        this.name = name;
    }

    /** Of this process. */
    public static Readiness ofThisProcess() {
        return to(System.getenv(VARIABLE));
    }

    /** A path, or {@code @} and a name in the abstract; anything else is told nothing. */
    static Readiness to(@Nullable String socket) {
        if (socket == null || !(socket.startsWith("/") || socket.startsWith("@"))) {
            return new Readiness(null);
        }
        var name = socket.getBytes(StandardCharsets.UTF_8);
        return new Readiness(name.length < MOST_NAME_BYTES ? name : null);
    }

    /** It works from now on. */
    public void ready(String status) {
        tell("READY=1\nSTATUS=" + oneLine(status));
    }

    /** It has been asked to end, and does. */
    public void stopping(String status) {
        tell("STOPPING=1\nSTATUS=" + oneLine(status));
    }

    private static String oneLine(String status) {
        return status.replace('\n', ' ');
    }

    private void tell(String state) {
        if (name == null) {
            return;
        }
        try (var memory = Arena.ofConfined()) {
            send(memory, name, state.getBytes(StandardCharsets.UTF_8));
        } catch (Throwable _) {
            // No such function on this system, or no native access: as if nobody had asked.
        }
    }

    /** Errors are not looked at: there is nobody else to tell. */
    private static void send(Arena memory, byte[] name, byte[] state) throws Throwable {
        var address = memory.allocate(FAMILY_BYTES + MOST_NAME_BYTES);
        address.set(ValueLayout.JAVA_SHORT, 0, AF_UNIX);
        MemorySegment.copy(name, 0, address, ValueLayout.JAVA_BYTE, FAMILY_BYTES, name.length);
        var size = FAMILY_BYTES + name.length + 1;
        if (name[0] == '@') {
            // In the abstract, the first byte is zero and the length counts.
            address.set(ValueLayout.JAVA_BYTE, FAMILY_BYTES, (byte) 0);
            size = FAMILY_BYTES + name.length;
        }
        var text = memory.allocateFrom(ValueLayout.JAVA_BYTE, state);
        var socket = (int) function("socket", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT)
                .invokeExact((int) AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        if (socket >= 0) {
            var _ = (long) function("sendto", ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.ADDRESS,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT)
                    .invokeExact(socket, text, (long) state.length, MSG_NOSIGNAL | MSG_DONTWAIT, address, size);
            var _ = (int) function("close", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT).invokeExact(socket);
        }
    }

    private static MethodHandle function(String name, MemoryLayout result, MemoryLayout... parameters) {
        var linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, parameters));
    }
}
