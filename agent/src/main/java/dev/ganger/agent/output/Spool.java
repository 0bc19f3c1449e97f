package dev.ganger.agent.output;

import dev.ganger.agent.core.Action;
import dev.ganger.agent.core.Input;
import dev.ganger.model.AttemptId;
import dev.ganger.model.Limits;
import dev.ganger.model.StreamId;
import dev.ganger.model.StreamName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what tasks write, and what became of them, until the coordinator has it. Called by many threads; no call waits for a disk to
 * sync but {@link #upkeep}, which has a thread of its own.
 */
final class Spool {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
    /** How much of a stream waits in memory to be written in one frame, so that a task that writes letter by letter has few of them. */
    static final int TAIL_BYTES = 16 * 1024;
    /** Nothing waits longer to be synced, or to be tried again. */
    static final long UPKEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Path folder;
    private final Reports reports;
    private final Segments segments;
    private final Gauge gauge;
    private final Trouble trouble;
    private final Consumer<Input> inputs;
    private final Bell unsentBell;
    private final Bell upkeepBell;
    private List<Action.Over> kept;
    private final Map<StreamId, LiveStream> streams = new HashMap<>();
    private final Deque<LiveStream> unsent = new ArrayDeque<>();
    /** Streams with bytes in memory that should be on disk, and could not be written. */
    private final Set<LiveStream> stuck = new LinkedHashSet<>();
    /** Kept attempts of which some output is not stored. */
    private final Set<AttemptId> unstored = new HashSet<>();
    private boolean upkeepAsked;

    /** Of a stream, everything before this offset. */
    record Position(StreamId stream, long offset) {}

    /** Who is woken for what is to be sent, and for what is to be done within a second. */
    record Bells(Bell unsent, Bell upkeep) {}

    /** Reads back what a former life left. Reading is told whether output of tasks can be taken. */
    Spool(Path folder, long limit, Disk disk, Consumer<Input> inputs, Consumer<Boolean> reading, Bells bells) throws IOException {
        Files.createDirectories(folder);
        this.folder = folder;
        this.reports = new Reports(folder, limit, disk);
        this.segments = new Segments(folder, limit, disk);
        this.trouble = new Trouble(folder);
        this.gauge = new Gauge(folder, limit, inputs, reading);
        this.inputs = inputs;
        this.unsentBell = bells.unsent();
        this.upkeepBell = bells.upkeep();
        var former = ReadBack.of(reports, segments);
        this.kept = former.kept();
        goOn(former);
    }

    /** What a former life kept, once: to be reported. */
    synchronized List<Action.Over> takeKept() {
        var taken = kept;
        kept = List.of();
        return taken;
    }

    private synchronized void goOn(ReadBack former) {
        former.torn().forEach(attempt -> reports.put(new Report.Forget(attempt), now()));
        for (var stream : former.streams()) {
            streams.put(stream.id(), stream);
            stream.extents().forEach(extent -> extent.segment().keep());
            queue(stream);
        }
        kept.stream().filter(over -> !over.run().isInline()).map(Action.Over::attempt).forEach(unstored::add);
        former.say(folder, LOG);
        settle(List.copyOf(unstored));
    }

    /** Takes the next bytes of a stream; the chunk is read to its end. */
    synchronized void append(StreamId id, ByteBuffer chunk) {
        var stream = streams.computeIfAbsent(id, LiveStream::new);
        if (!stream.isUnwanted() && stream.bytesInMemory() + chunk.remaining() >= TAIL_BYTES && unload(stream)) {
            while (chunk.remaining() >= TAIL_BYTES && writeFrame(stream, chunk) instanceof Extent extent) {
                stream.wrote(extent);
            }
        }
        if (chunk.hasRemaining()) {
            stream.append(chunk);
        }
        if (stream.bytesInMemory() >= TAIL_BYTES) {
            stuck.add(stream);
        }
        queue(stream);
        judge();
    }

    /** Writes what is in memory; false if not all of it could be written. */
    private boolean unload(LiveStream stream) {
        while (stream.bytesInMemory() > 0) {
            var extent = writeFrame(stream, stream.inMemory());
            if (extent == null) {
                stuck.add(stream);
                return false;
            }
            stream.moved(extent);
        }
        stuck.remove(stream);
        return true;
    }

    /** The first bytes of the data; null if there is no room. */
    private @Nullable Extent writeFrame(LiveStream stream, ByteBuffer data) {
        var length = Math.min(data.remaining(), Frame.MOST_BYTES);
        if (trouble.isThere() || !gauge.hasRoom(bytes(), Frame.HEADER_BYTES + length)) {
            return null;
        }
        try {
            var offset = stream.memoryOffset();
            var extent = segments.append(stream.id(), offset, data.slice(data.position(), length), now());
            data.position(data.position() + length);
            askUpkeep();
            return extent;
        } catch (IOException failure) {
            failed(failure);
            return null;
        }
    }

    /** Nothing more comes of it. */
    synchronized void end(StreamId id) {
        var stream = streams.get(id);
        if (stream != null) {
            stream.end();
            unload(stream);
            queue(stream);
            judge();
        }
    }

    /** Keeps and forgets, in this order. */
    synchronized void record(List<Action.Over> keeps, List<AttemptId> forgets) {
        for (var over : keeps) {
            var attempt = over.attempt();
            reports.put(new Report.Keep(over, storedOf(attempt, StreamName.STDOUT), storedOf(attempt, StreamName.STDERR)), now());
            if (!over.run().isInline()) {
                unstored.add(attempt);
            }
        }
        for (var attempt : forgets) {
            reports.put(new Report.Forget(attempt), now());
            unstored.remove(attempt);
            removeStreams(attempt);
        }
        settle(keeps.stream().map(Action.Over::attempt).toList());
    }

    private long storedOf(AttemptId attempt, StreamName name) {
        var stream = streams.get(new StreamId(attempt, name));
        return stream == null ? 0 : stream.writeDown();
    }

    private void removeStreams(AttemptId attempt) {
        for (var stream : of(attempt)) {
            streams.remove(stream.id());
            stuck.remove(stream);
            release(stream.drop());
        }
    }

    /** The next bytes to be sent, of one stream after the other; null if there are none. */
    synchronized @Nullable Chunk next(int most) throws IOException {
        for (var stream = unsent.poll(); stream != null; stream = unsent.poll()) {
            stream.unqueue();
            if (stream.hasUnsent()) {
                try {
                    return stream.next(Math.min(most, Limits.OUTPUT_CHUNK_BYTES));
                } finally {
                    queue(stream);
                }
            }
        }
        return null;
    }

    synchronized boolean hasUnsent() {
        return !unsent.isEmpty();
    }

    private void queue(LiveStream stream) {
        if (stream.hasUnsent() && stream.queue()) {
            unsent.add(stream);
            if (unsent.size() == 1) {
                unsentBell.ring();
            }
        }
    }

    /** The connection was cut: what was sent may be lost. */
    synchronized void sendAgain() {
        streams.values().forEach(LiveStream::sendAgain);
        streams.values().forEach(this::queue);
    }

    /** What the coordinator said. */
    synchronized void stored(Collection<Position> positions, Collection<AttemptId> unwanted) {
        var touched = new LinkedHashSet<AttemptId>(unwanted);
        for (var each : positions) {
            var stream = streams.get(each.stream());
            if (stream != null) {
                release(stream.store(each.offset()));
                touched.add(stream.id().attempt());
            }
        }
        for (var attempt : unwanted) {
            of(attempt).forEach(stream -> release(stream.drop()));
        }
        settle(touched);
    }

    private List<LiveStream> of(AttemptId attempt) {
        return Stream.of(StreamName.values()).map(name -> streams.get(new StreamId(attempt, name))).filter(Objects::nonNull)
                .toList();
    }

    private static void release(List<Extent> extents) {
        extents.forEach(extent -> extent.segment().release());
    }

    /** After every change: what is wholly stored now is written down and told, and what is of no use any more is removed. */
    private void settle(Collection<AttemptId> touched) {
        var complete = new ArrayList<AttemptId>();
        for (var attempt : touched) {
            if (unstored.contains(attempt) && of(attempt).stream().allMatch(LiveStream::isStored)) {
                unstored.remove(attempt);
                reports.put(new Report.Stored(attempt), now());
                removeStreams(attempt);
                complete.add(attempt);
            }
        }
        clean();
        complete.forEach(attempt -> inputs.accept(new Input.OutputStored(attempt)));
        judge();
    }

    /** What is stored is written down before the only trace of it goes; if that fails it goes nevertheless, to make room. */
    private void clean() {
        var dead = segments.anyDead();
        if (dead) {
            floors();
        }
        writeReports();
        try {
            if (dead) {
                segments.removeDead();
            }
        } catch (IOException failure) {
            failed(failure);
        }
        List.copyOf(stuck).forEach(this::unload);
    }

    private void writeReports() {
        if (reports.hasUnwritten()) {
            try {
                reports.write();
            } catch (IOException failure) {
                failed(failure);
            }
            askUpkeep();
        }
    }

    private void floors() {
        for (var attempt : unstored) {
            of(attempt).stream().filter(LiveStream::hasRisen)
                    .forEach(stream -> reports.put(new Report.Floor(stream.id(), stream.writeDown()), now()));
        }
    }

    /** In segments and reports together. */
    synchronized long bytes() {
        return reports.bytes() + segments.bytes();
    }

    /** Whether it matters how soon the coordinator says what is stored. */
    boolean isTight() {
        return gauge.isTight(bytes());
    }

    private void judge() {
        gauge.judge(bytes(), trouble.isThere(), !stuck.isEmpty());
    }

    private void failed(IOException failure) {
        trouble.began(failure);
        askUpkeep();
    }

    private void askUpkeep() {
        if (!upkeepAsked) {
            upkeepAsked = true;
            upkeepBell.ring();
        }
    }

    /** Writes what could not be written, and syncs what has waited for a second. */
    void upkeep() {
        try {
            var before = now() - UPKEEP_NANOS;
            for (var each : segmentsToSync(before).entrySet()) {
                each.getKey().force();
                synced(each.getKey(), each.getValue());
            }
            syncReports(before);
        } catch (IOException failure) {
            failedSync(failure);
        }
    }

    /** With how much of each is there now. */
    private synchronized Map<Segment, Long> segmentsToSync(long before) throws IOException {
        upkeepAsked = false;
        gauge.look();
        trouble.tryAgain();
        clean();
        reports.truncateIfEmpty();
        trouble.judge();
        judge();
        return segments.unsynced(before).stream().collect(Collectors.toMap(Function.identity(), Segment::size));
    }

    private synchronized void synced(Segment segment, long size) {
        segment.synced(size, now());
    }

    private void syncReports(long before) throws IOException {
        FileChannel file;
        long size;
        synchronized (this) {
            file = reports.channel();
            size = reports.isUnsynced(before) ? reports.size() : 0;
        }
        if (size > 0) {
            Reports.force(file);
        }
        synchronized (this) {
            reports.synced(file, size);
            if (trouble.isThere() || segments.anyUnsynced() || reports.needsUpkeep()) {
                askUpkeep();
            }
        }
    }

    private synchronized void failedSync(IOException failure) {
        failed(failure);
        judge();
    }

    private static long now() {
        return System.nanoTime();
    }

    /** Leaves on disk what is not stored or not recorded. */
    synchronized void close() throws IOException {
        reports.truncateIfEmpty();
        reports.close();
        segments.close();
    }
}
