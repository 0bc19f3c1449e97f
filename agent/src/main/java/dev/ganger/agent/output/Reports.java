package dev.ganger.agent.output;

import dev.ganger.model.AttemptId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The file of what became of attempts that the coordinator has not recorded yet: appended to, and written anew when most of it is of no
 * use. What is put is kept in memory until {@link #write} has succeeded. Not for several threads.
 */
final class Reports {
    private static final long MOST_GARBAGE_BYTES = 8L << 20;

    private final Path file;
    private final Disk disk;
    private final long garbageBytes;
    private final Map<AttemptId, Kept> kept = new LinkedHashMap<>();
    private final ByteArrayOutputStream unwritten = new ByteArrayOutputStream();
    private FileChannel channel;
    private long size;
    private long alive;
    private long synced;

    /** Where the record of an attempt is, what was added to it later, and where and when the latest of this was. */
    private record Kept(long position, int length, List<Report> added, long latest, long at) {
        Kept with(Report more, long where, long when) {
            var all = new ArrayList<>(added);
            all.add(more);
            return new Kept(position, length, List.copyOf(all), where, when);
        }

        Kept movedTo(long start) {
            return new Kept(start, length, added, start, at);
        }
    }

    Reports(Path folder, long limit, Disk disk) throws IOException {
        this.file = folder.resolve("reports");
        this.disk = disk;
        this.garbageBytes = Math.min(MOST_GARBAGE_BYTES, limit / 8);
        this.channel = open(file);
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** What a former life left, in the order in which it was written; what is damaged is passed over, or cut off at the end. */
    void readBack(Consumer<Report> found, Consumer<String> remarks) throws IOException {
        var scan = new Scan(file, channel, Report::lengthOf, remarks);
        for (var report = scan.next(Report::read); report != null; report = scan.next(Report::read)) {
            size = scan.consumed();
            count(report, scan.begun(), (int) (size - scan.begun()), 0);
            found.accept(report);
        }
        size = scan.consumed();
        channel.truncate(size);
        synced = size;
    }

    /** To be written; an attempt that is not kept has nothing to be forgotten. */
    void put(Report report, long now) {
        if (report instanceof Report.Keep || holds(attempt(report))) {
            var encoded = report.encoded();
            count(report, size + unwritten.size(), encoded.length, now);
            unwritten.writeBytes(encoded);
        }
    }

    private static AttemptId attempt(Report report) {
        return switch (report) {
            case Report.Keep keep -> keep.over().attempt();
            case Report.Stored(var attempt) -> attempt;
            case Report.Forget(var attempt) -> attempt;
            case Report.Floor floor -> floor.stream().attempt();
        };
    }

    private void count(Report report, long position, int length, long now) {
        var attempt = attempt(report);
        var former = kept.get(attempt);
        switch (report) {
            case Report.Keep _ -> {
                forget(attempt);
                kept.put(attempt, new Kept(position, length, List.of(), position, now));
                alive += length;
            }
            case Report.Forget _ -> forget(attempt);
            case Report.Stored _,Report.Floor _ -> {
                if (former != null) {
                    kept.put(attempt, former.with(report, position, now));
                }
            }
        }
    }

    private void forget(AttemptId attempt) {
        var former = kept.remove(attempt);
        alive -= former == null ? 0 : former.length();
    }

    boolean holds(AttemptId attempt) {
        return kept.containsKey(attempt);
    }

    boolean hasUnwritten() {
        return unwritten.size() > 0;
    }

    /** All that was put, in one go; what cannot be written is tried again the next time. */
    void write() throws IOException {
        if (unwritten.size() > 0) {
            var batch = unwritten.toByteArray();
            disk.write(channel, ByteBuffer.wrap(batch), size);
            size += batch.length;
            unwritten.reset();
        }
        if (size - alive > garbageBytes && size > 2 * alive) {
            compact();
        }
    }

    /** So that at any moment the file is the old one or the new one, whole. */
    private void compact() throws IOException {
        var fresh = file.resolveSibling("reports.new");
        Files.deleteIfExists(fresh);
        var target = open(fresh);
        var moved = new LinkedHashMap<AttemptId, Kept>();
        long end = 0;
        try {
            for (var each : kept.entrySet()) {
                var record = each.getValue();
                moved.put(each.getKey(), record.movedTo(end));
                var whole = new ByteArrayOutputStream();
                whole.writeBytes(read(record));
                record.added().forEach(report -> whole.writeBytes(report.encoded()));
                disk.write(target, ByteBuffer.wrap(whole.toByteArray()), end);
                end += whole.size();
            }
            target.force(false);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            target.close();
            throw failure;
        }
        channel.close();
        channel = target;
        size = synced = end;
        kept.putAll(moved);
    }

    private byte[] read(Kept record) throws IOException {
        var whole = ByteBuffer.allocate(record.length());
        while (whole.hasRemaining()) {
            if (channel.read(whole, record.position() + whole.position()) < 0) {
                throw new IOException(file + " has become shorter; it was changed by somebody else");
            }
        }
        return whole.array();
    }

    /** Nothing is kept: the file needs no bytes. */
    void truncateIfEmpty() throws IOException {
        if (kept.isEmpty() && size > 0 && unwritten.size() == 0) {
            channel.truncate(0);
            size = synced = 0;
        }
    }

    /** Whether a report that is still needed has waited to be synced since before then. */
    boolean isUnsynced(long before) {
        return synced < size && kept.values().stream().anyMatch(each -> each.latest() >= synced && each.at() - before <= 0);
    }

    boolean needsUpkeep() {
        return size > 0 && (kept.isEmpty() || kept.values().stream().anyMatch(each -> each.latest() >= synced));
    }

    /** To be synced by another thread; {@link #synced} follows. */
    FileChannel channel() {
        return channel;
    }

    static void force(FileChannel channel) throws IOException {
        try {
            channel.force(false);
        } catch (ClosedChannelException _) {
            // written anew meanwhile, and synced with it
        }
    }

    void synced(FileChannel what, long upTo) {
        if (what.equals(channel)) {
            synced = Math.max(synced, Math.min(upTo, size));
        }
    }

    long bytes() {
        return size + unwritten.size();
    }

    long size() {
        return size;
    }

    void close() throws IOException {
        channel.close();
    }
}
