package dev.ganger.coordinator.simulation;

import dev.ganger.model.AttemptId;
import java.util.HashMap;
import java.util.Map;

/** What coordinator.output keeps: how far each stream is there, and how far it is safe from a loss of power. */
final class Shelf {
    private final Map<AttemptId, Extent> extents = new HashMap<>();

    private static final class Extent {
        long end;
        long durable;
    }

    /** Bytes that are there already are passed over; a gap means that something was acknowledged and lost. */
    void append(AttemptId attempt, long offset, long size) {
        var extent = extents.computeIfAbsent(attempt, _ -> new Extent());
        BrokenLaw.unless(offset <= extent.end, "what is acknowledged as stored stays", "%s is there up to %d, and goes on at %d",
                attempt, extent.end, offset);
        extent.end = Math.max(extent.end, offset + size);
    }

    /** What is there now is durable; so far of this one. */
    long sync(AttemptId attempt) {
        extents.values().forEach(extent -> extent.durable = extent.end);
        return durable(attempt);
    }

    long durable(AttemptId attempt) {
        var extent = extents.get(attempt);
        return extent == null ? 0 : extent.durable;
    }

    void powerCut(Chance chance) {
        extents.values().forEach(extent -> {
            extent.end = chance.from(extent.durable, extent.end);
            extent.durable = extent.end;
        });
    }
}
