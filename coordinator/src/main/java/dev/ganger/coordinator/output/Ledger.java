package dev.ganger.coordinator.output;

import dev.ganger.model.StreamId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of streams and not in the index yet, and of those written a moment ago; used under the lock of the store. */
final class Ledger {
    /** Streams kept for their next byte while the index has all of them. */
    static final int CLEAN_STREAMS = 50_000;
    /** A stream that is not written to for so many passes is looked up in the index again. */
    private static final int PASSES_KEPT = 3;

    private final LinkedHashMap<StreamId, Growing> streams = new LinkedHashMap<>(16, 0.75f, true);
    private final Set<Growing> dirty = new LinkedHashSet<>();
    private final Set<Long> forgotten = new HashSet<>();
    private Set<Long> forgetting = Set.of();
    private int unflushed;
    private long pass;
    private long stamp;

    /** What one pass brings to the index: first jobs to forget, then chains. */
    record Pass(Set<Long> forgotten, Map<Growing, List<Chain>> streams, List<OutputIndex.Trim> trims) {
        boolean isEmpty() {
            return forgotten.isEmpty() && streams.isEmpty();
        }

        List<Chain> chains() {
            return streams.values().stream().flatMap(Collection::stream).toList();
        }
    }

    @Nullable
    Growing find(StreamId stream) {
        return streams.get(stream);
    }

    /** With the last chain that the index knows, if the stamp is still the one of when it was asked. */
    Growing begin(StreamId stream, @Nullable Chain last) {
        return streams.computeIfAbsent(stream, id -> new Growing(id, last));
    }

    /** Changes whenever an answer of the index can have become too old to begin with. */
    long stamp() {
        return stamp;
    }

    void add(Growing growing, Frame frame, SegmentName segment, int position, long limitBytes) {
        if (growing.add(frame, segment, position, limitBytes, pass)) {
            unflushed++;
        }
        dirty.add(growing);
    }

    /** Chains that wait for the index. */
    int unflushed() {
        return unflushed;
    }

    void forget(long job) {
        stamp++;
        forgotten.add(job);
        streams.keySet().removeIf(stream -> stream.attempt().job() == job);
        dirty.removeIf(growing -> growing.stream().attempt().job() == job);
        count();
    }

    /** What the index has of this job counts no more. */
    boolean isForgotten(long job) {
        return forgotten.contains(job) || forgetting.contains(job);
    }

    Pass take() {
        pass++;
        forgetting = Set.copyOf(forgotten);
        forgotten.clear();
        var taken = new LinkedHashMap<Growing, List<Chain>>();
        var trims = new ArrayList<OutputIndex.Trim>();
        for (var growing : dirty) {
            taken.put(growing, List.copyOf(growing.unflushed()));
            var trim = growing.trim();
            if (trim != null) {
                trims.add(trim);
            }
        }
        return new Pass(forgetting, taken, trims);
    }

    void failed() {
        forgotten.addAll(forgetting);
        forgetting = Set.of();
    }

    void flushed(Pass flushed) {
        forgetting = Set.of();
        flushed.streams().forEach(Growing::flushed);
        dirty.removeIf(growing -> !growing.isDirty());
        count();
        evict();
    }

    private void count() {
        unflushed = 0;
        dirty.forEach(growing -> unflushed += growing.unflushed().size());
    }

    private void evict() {
        stamp++;
        var eldest = streams.values().iterator();
        while (eldest.hasNext()) {
            var growing = eldest.next();
            var isOld = growing.writtenIn() < pass - PASSES_KEPT;
            if (growing.isDirty() || !isOld && streams.size() <= CLEAN_STREAMS) {
                return;
            }
            eldest.remove();
        }
    }

    /** The streams of a job of which something is not in the index, or was not a moment ago. */
    List<StreamId> streams(long job) {
        return streams.values().stream().filter(growing -> growing.end() > 0).map(Growing::stream)
                .filter(stream -> stream.attempt().job() == job).toList();
    }

    Set<Long> jobs() {
        var jobs = new HashSet<Long>();
        streams.values().stream().filter(growing -> growing.end() > 0)
                .forEach(growing -> jobs.add(growing.stream().attempt().job()));
        return jobs;
    }
}
