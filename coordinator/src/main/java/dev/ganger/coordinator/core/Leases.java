package dev.ganger.coordinator.core;

import dev.ganger.model.AttemptId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What agents have of a job, by the ordinals of its tasks. */
final class Leases {
    private final Map<Integer, Lease> byOrdinal = new HashMap<>();
    /** How many are to be ended. */
    private int ending;

    // ---- reading

    @Nullable
    Lease of(int ordinal) {
        return byOrdinal.get(ordinal);
    }

    int count() {
        return byOrdinal.size();
    }

    Collection<Lease> each() {
        return byOrdinal.values();
    }

    List<Lease> inOrder() {
        return byOrdinal.values().stream().sorted(Comparator.comparingInt(lease -> lease.ordinal)).toList();
    }

    /** Whether there are some that are not to be ended. */
    boolean goOn() {
        return ending < byOrdinal.size();
    }

    // ---- changing, by events only

    void add(Lease lease) {
        if (byOrdinal.put(lease.ordinal, lease) != null) {
            throw new AssertionError("leased what was not queued: " + lease.attempt);
        }
    }

    Lease remove(AttemptId attempt, int ordinal) {
        var lease = byOrdinal.remove(ordinal);
        if (lease == null || !lease.attempt.equals(attempt)) {
            throw new AssertionError("released what was not leased: " + attempt);
        }
        ending -= lease.cancelReason() == null ? 0 : 1;
        return lease;
    }

    void requestEnd(Lease lease, String reason) {
        ending += lease.cancelReason() == null ? 1 : 0;
        lease.cancel(reason);
    }
}
