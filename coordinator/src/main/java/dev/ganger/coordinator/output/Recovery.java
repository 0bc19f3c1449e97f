package dev.ganger.coordinator.output;

import dev.ganger.model.StreamId;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes index and segments agree after a crash, the loss of files, or the loss of the index: what the files say counts. */
final class Recovery {
    private static final int FORGOTTEN_AT_ONCE = 10_000;

    private final Segments segments;
    private final OutputIndex index;
    private final Repair repair;

    Recovery(Segments segments, OutputIndex index, Repair repair) {
        this.segments = segments;
        this.index = index;
        this.repair = repair;
    }

    void run() throws IOException {
        var files = new HashMap<Long, SegmentFile>();
        segments.all().forEach(file -> files.put(file.name().number(), file));
        var indexed = new HashMap<Long, OutputIndex.Indexed>();
        for (var row : index.segments()) {
            segments.skip(row.segment());
            if (agrees(row, files.get(row.segment()))) {
                indexed.put(row.segment(), row);
            } else {
                index.replace(row.segment(), row.segment(), List.of(), List.of());
            }
        }
        var scanned = 0;
        for (var file : segments.all()) {
            var row = indexed.get(file.name().number());
            var from = row == null ? 0 : row.to();
            if (from < file.length()) {
                new Scan(file, from, scanned++ > 0 && !indexed.isEmpty()).run();
                segments.used(file);
            }
        }
    }

    /** Whether what the index knows of a segment is in its file; says so if it is lost. */
    private boolean agrees(OutputIndex.Indexed row, @Nullable SegmentFile file) {
        if (file != null && file.name().generation() == row.generation()) {
            if (file.length() >= row.to()) {
                return true;
            }
            repair.lost(file, row.to());
        } else if (row.alive() > 0 && segments.all().stream().noneMatch(other -> replaces(other, row))) {
            repair.missing(row);
        }
        return false;
    }

    private static boolean replaces(SegmentFile file, OutputIndex.Indexed row) {
        return file.name().replaces(new SegmentName(row.segment(), row.generation(), row.segment()));
    }

    /** Reads the frames of a file that the index does not know. */
    private final class Scan {
        /** Chains in memory, at most; then they are brought to the index. */
        private static final int CHAINS = 50_000;

        private final SegmentFile file;
        private final SegmentName name;
        private final boolean follows;
        private final Map<StreamId, Chain> chains = new LinkedHashMap<>();
        private long at;
        private long frames;

        /** Follows: files are synced one by one, so the end of the one before may be lost while this is there. */
        Scan(SegmentFile file, long from, boolean follows) {
            this.file = file;
            this.follows = follows;
            this.name = file.name();
            this.at = from;
        }

        void run() throws IOException {
            var from = at;
            var frame = next();
            while (frame != null) {
                if (frame.forgets()) {
                    forget(frame.stream().attempt().job());
                } else {
                    add(frame, (int) at);
                }
                at += frame.bytes();
                frames++;
                if (chains.size() >= CHAINS) {
                    write();
                }
                frame = next();
            }
            if (at < file.length()) {
                repair.cut(file, at);
            }
            write();
            repair.indexed(file, frames, from, at);
        }

        /** The whole frame at the position; null if there is none. */
        private @Nullable Frame next() throws IOException {
            if (at + Frame.HEADER_BYTES > file.length()) {
                return null;
            }
            try {
                var frame = FrameReader.header(file, (int) at);
                return at + frame.bytes() > file.length() ? null : FrameReader.whole(file, (int) at, frame.length()).frame();
            } catch (OutputException damage) {
                if (damage.getCause() == null) {
                    return null;
                }
                throw damage;
            }
        }

        private void add(Frame frame, int position) {
            var before = before(frame);
            if (follows && !frame.gap() && frame.offset() > (before == null ? 0 : before.end())) {
                repair.passedOver(file, frame);
                return;
            }
            if (before != null && before.segment() == name.number() && before.last() == frame.previous()) {
                chains.put(frame.stream(), before.and(frame, position));
                return;
            }
            if (before != null && before.segment() <= name.number() && before.end() > frame.offset()) {
                chains.remove(frame.stream());
                index.drop(frame.stream(), name.number());
            }
            chains.put(frame.stream(), Chain.of(frame, name, position));
        }

        private @Nullable Chain before(Frame frame) {
            var inMemory = chains.get(frame.stream());
            return inMemory != null ? inMemory : index.last(frame.stream());
        }

        private void forget(long job) {
            chains.keySet().removeIf(stream -> stream.attempt().job() == job);
            while (index.forget(job, name.number(), FORGOTTEN_AT_ONCE)) {
                Thread.onSpinWait();
            }
        }

        private void write() throws IOException {
            if (!file.isSynced() || !chains.isEmpty() || at > 0) {
                repair.sync(file);
            }
            index.write(List.copyOf(chains.values()), List.of(),
                    List.of(new OutputIndex.Indexed(name.number(), name.generation(), at, 0)));
            chains.clear();
        }
    }
}
