package dev.ganger.coordinator.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies what lives in neighbouring segments to one that takes the place of them all, so that the order of segments stays the order in
 * which they were written. Used by one thread, which is also the only one that changes the index.
 */
final class Compaction {
    private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);

    private final Segments segments;
    private final OutputIndex index;
    private final SegmentSettings settings;
    private final Set<SegmentName> damaged = new HashSet<>();

    Compaction(Segments segments, OutputIndex index, SegmentSettings settings) {
        this.segments = segments;
        this.index = index;
        this.settings = settings;
    }

    /** A file, and what the index has of it. */
    record Candidate(SegmentFile file, OutputIndex.Indexed row) {
        boolean isSlack() {
            return row.alive() * 2 < file.length();
        }
    }

    /** Copies the first few neighbours together of which so little lives, at most one segment in a call; those given are whole in the index. */
    void pass(List<Candidate> sealed) throws IOException {
        var run = new ArrayList<Candidate>();
        var alive = 0L;
        for (var candidate : sealed) {
            var fits = alive + candidate.row().alive() <= settings.segmentBytes();
            if (isSmall(candidate) && (run.isEmpty() || fits)) {
                run.add(candidate);
                alive += candidate.row().alive();
            } else if (isWorth(run)) {
                break;
            } else {
                run.clear();
                alive = 0;
            }
        }
        if (isWorth(run)) {
            copy(run);
        }
    }

    private boolean isSmall(Candidate candidate) {
        return !damaged.contains(candidate.file().name())
                && (candidate.isSlack() || candidate.row().alive() * 2 < settings.segmentBytes());
    }

    private static boolean isWorth(List<Candidate> run) {
        return run.size() > 1 || run.size() == 1 && run.getFirst().isSlack();
    }

    private void copy(List<Candidate> run) throws IOException {
        var first = run.getFirst().file().name();
        var generation = run.stream().mapToInt(candidate -> candidate.file().name().generation()).max().orElseThrow() + 1;
        var name = new SegmentName(first.number(), generation, run.getLast().file().name().last());
        var copy = segments.begin(name);
        try {
            var chains = new Copy(run, copy).all();
            var complete = segments.complete(copy);
            index.replace(name.number(), name.last(),
                    List.of(new OutputIndex.Indexed(name.number(), generation, complete.length(), 0)), chains);
        } catch (IOException | OutputException cause) {
            if (segments.find(name.number(), generation) == null) {
                copy.delete();
            }
            throw cause;
        }
        for (var candidate : run) {
            segments.delete(candidate.file());
        }
        LOG.info("copied {} of {} bytes of {} segments to {}: the rest was not needed any more", copy.length(),
                run.stream().mapToLong(candidate -> candidate.file().length()).sum(), run.size(), name.file());
    }

    /** One copy under way. */
    private final class Copy {
        private final Map<Long, SegmentFile> from = new HashMap<>();
        private final SegmentFile to;
        private final ByteBuffer header = ByteBuffer.allocateDirect(Frame.HEADER_BYTES);
        private final List<Chain> copied = new ArrayList<>();

        Copy(List<Candidate> run, SegmentFile to) {
            run.forEach(candidate -> from.put(candidate.file().name().number(), candidate.file()));
            this.to = to;
        }

        List<Chain> all() throws IOException {
            for (var chain : index.chains(to.name().number(), to.name().last())) {
                copy(chain);
            }
            return copied;
        }

        private void copy(Chain chain) throws IOException {
            var file = from.get(chain.segment());
            if (file == null) {
                throw new AssertionError("%s is not among the segments that are copied".formatted(chain));
            }
            try {
                for (var position : positions(file, chain)) {
                    append(FrameReader.whole(file, position, FrameReader.header(file, position).length()));
                }
            } catch (OutputException cause) {
                damaged.add(file.name());
                throw cause;
            }
        }

        private ArrayDeque<Integer> positions(SegmentFile file, Chain chain) throws IOException {
            var positions = new ArrayDeque<Integer>();
            var at = chain.last();
            var frame = FrameReader.header(file, at);
            positions.push(at);
            while (frame.offset() > chain.first()) {
                at = FrameReader.previous(file, frame, at);
                if (at < 0) {
                    throw FrameReader.damaged(file, chain.last(),
                            "the way back to offset %d ends early".formatted(chain.first()));
                }
                frame = FrameReader.header(file, at);
                positions.push(at);
            }
            return positions;
        }

        private void append(FrameReader.Whole whole) throws IOException {
            var before = copied.isEmpty() ? null : copied.getLast();
            var follows = before != null && before.stream().equals(whole.frame().stream());
            var frame = whole.frame().after(before != null && follows ? before.last() : Frame.NONE);
            frame.writeTo(header, whole.data());
            var position = to.append(header, whole.data());
            if (before != null && follows) {
                copied.set(copied.size() - 1, before.and(frame, position));
            } else {
                copied.add(Chain.of(frame, to.name(), position));
            }
        }
    }
}
