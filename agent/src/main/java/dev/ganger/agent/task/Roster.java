package dev.ganger.agent.task;

import dev.ganger.model.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The marks of the tasks that run, in a file: if this agent is killed, its next life knows what to end. A mark has a place that is
 * overwritten, so the file has as many places as tasks ran at once. It is not synced: what a power cut takes, it takes with the processes.
 */
final class Roster implements AutoCloseable {
    /** Longer than any mark, which is two numbers and a dot. */
    private static final int PLACE_BYTES = 32;
    private static final byte END = '\n';

    private final FileChannel channel;
    private final BitSet taken = new BitSet();

    private Roster(FileChannel channel) {
        this.channel = channel;
    }

    /** Empties it. */
    static Roster open(Path file) throws IOException {
        return new Roster(FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING));
    }

    /** What a former life had in it when it ended. */
    static Set<Bytes> left(Path file) throws IOException {
        return Files.exists(file)
                ? Files.readString(file, StandardCharsets.ISO_8859_1).lines().map(String::strip).filter(mark -> !mark.isEmpty())
                        .map(Bytes::utf8).collect(Collectors.toSet())
                : Set.of();
    }

    /** Gives the place it has until {@link #leave}. */
    synchronized int enter(Bytes mark) throws IOException {
        var place = taken.nextClearBit(0);
        write(place, mark.toByteArray());
        taken.set(place);
        return place;
    }

    /** A mark that cannot be removed does no harm: nothing that has it runs any more. */
    synchronized void leave(int place) {
        try {
            write(place, new byte[0]);
        } catch (IOException _) {
            return;
        }
        taken.clear(place);
    }

    private void write(int place, byte[] mark) throws IOException {
        var line = new byte[PLACE_BYTES];
        Arrays.fill(line, (byte) ' ');
        System.arraycopy(mark, 0, line, 0, mark.length);
        line[PLACE_BYTES - 1] = END;
        channel.write(ByteBuffer.wrap(line), (long) place * PLACE_BYTES);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException _) {
            // Nothing runs any more, so nothing in it matters.
        }
    }
}
