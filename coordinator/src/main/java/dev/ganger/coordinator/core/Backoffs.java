package dev.ganger.coordinator.core;

import dev.ganger.coordinator.core.Waits.Place;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/** Decides when tasks that failed have waited long enough. */
final class Backoffs {
    /** Tasks in one decision, at most, so that a batch stays small. */
    private static final int AT_ONCE = 8_192;

    private final State state;

    Backoffs(State state) {
        this.state = state;
    }

    /** From the wall clock to this coordinator's: never longer than the wait was meant to be, whatever the wall clock did meanwhile. */
    void clock(Findings found, Time time) {
        var left = AT_ONCE;
        for (var each : state.jobs().waits().unclocked().entrySet()) {
            if (left-- == 0) {
                return;
            }
            var ahead = each.getValue().left(time.at()).toMillis();
            found.add(new Event.WaitClocked(each.getKey().job(), each.getKey().ordinal(), time.now() + ahead));
        }
    }

    void end(Findings found, Time time) {
        Map<Long, BitSet> byJob = new LinkedHashMap<>();
        for (Place place : state.jobs().waits().over(time.now(), AT_ONCE)) {
            byJob.computeIfAbsent(place.job(), _ -> new BitSet()).set(place.ordinal());
        }
        byJob.forEach((job, ordinals) -> found.add(
                new Event.BackedOff(job, Findings.ranges(state.jobs().must(job).origin.indices(), ordinals))));
    }
}
