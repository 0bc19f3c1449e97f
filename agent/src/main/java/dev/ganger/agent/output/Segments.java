package dev.ganger.agent.output;

import dev.ganger.model.StreamId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The files with output that is not stored yet: the newest one is appended to. Not for several threads. */
final class Segments {
    private static final String SUFFIX = ".segment";
    private static final long MOST_BYTES = 16L << 20;
    /** So that one segment never fills a small spool, and a large one does not need too many descriptors. */
    private static final int FEWEST = 8;
    private static final int MOST = 1024;

    private final Path folder;
    private final long segmentBytes;
    private final Disk disk;
    private final ByteBuffer frame = ByteBuffer.allocateDirect(Frame.HEADER_BYTES + Frame.MOST_BYTES);
    private final List<Segment> all = new ArrayList<>();
    private @Nullable Segment current;
    private long next;
    private long bytes;

    Segments(Path folder, long limit, Disk disk) {
        this.folder = folder;
        this.segmentBytes = Math.max(Math.min(MOST_BYTES, limit / FEWEST), limit / MOST);
        this.disk = disk;
    }

    /** What a former life left; what is not kept by the listener is removed by the next {@link #removeDead}. */
    void readBack(BiConsumer<Frame, Extent> found, Consumer<String> remarks) throws IOException {
        try (var files = Files.list(folder)) {
            for (var file : files.filter(each -> each.toString().endsWith(SUFFIX)).sorted().toList()) {
                var segment = Segment.readBack(file, found, remarks);
                all.add(segment);
                bytes += segment.size();
                next = number(file) + 1;
            }
        }
    }

    private static long number(Path file) {
        var name = String.valueOf(file.getFileName());
        return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()), 16);
    }

    /** At most as much as a frame holds. */
    Extent append(StreamId stream, long offset, ByteBuffer data, long now) throws IOException {
        var target = current;
        if (target == null || target.size() >= segmentBytes) {
            target = Segment.begin(folder.resolve("%016x%s".formatted(next, SUFFIX)));
            next++;
            all.add(target);
            current = target;
        }
        var extent = target.append(disk, Frame.write(frame, stream, offset, data), offset, now);
        bytes += Frame.HEADER_BYTES + extent.length();
        return extent;
    }

    boolean anyDead() {
        return all.stream().anyMatch(Segment::isDead);
    }

    void removeDead() throws IOException {
        for (var each : all.stream().filter(Segment::isDead).toList()) {
            all.remove(each);
            bytes -= each.size();
            current = each.equals(current) ? null : current;
            each.remove();
        }
    }

    /** Those with something that has not been synced for so long. */
    List<Segment> unsynced(long before) {
        return all.stream().filter(each -> each.isUnsynced() && each.unsyncedSince() - before <= 0).toList();
    }

    boolean anyUnsynced() {
        return all.stream().anyMatch(Segment::isUnsynced);
    }

    long bytes() {
        return bytes;
    }

    void close() throws IOException {
        for (var each : all) {
            each.close();
        }
    }
}
