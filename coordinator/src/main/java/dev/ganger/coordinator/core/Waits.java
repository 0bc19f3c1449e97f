package dev.ganger.coordinator.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The tasks that wait for their time, of all jobs. A time is known by the wall clock when a wait begins or was read from disk, and by
 * the monotonic clock of this coordinator as soon as that was looked at.
 */
final class Waits {
    private final TreeMap<Place, Pause> unclocked = new TreeMap<>();
    private final Map<Place, Long> due = new HashMap<>();
    private final NavigableSet<Due> byDue = new TreeSet<>();

    /** A task, by its ordinal. */
    record Place(long job, int ordinal) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            return Comparator.comparingLong(Place::job).thenComparingInt(Place::ordinal).compare(this, other);
        }
    }

    private record Due(long at, Place place) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return Comparator.comparingLong(Due::at).thenComparing(Due::place).compare(this, other);
        }
    }

    // ---- reading

    /** Those of which the time is not known by this coordinator's clock. */
    Map<Place, Pause> unclocked() {
        return unclocked;
    }

    /** Those whose time has come, at most so many. */
    List<Place> over(long now, int limit) {
        var places = new ArrayList<Place>();
        for (var each : byDue) {
            if (each.at() > now || places.size() >= limit) {
                break;
            }
            places.add(each.place());
        }
        return places;
    }

    /** When the next time comes, in monotonic milliseconds; the largest number if none does. */
    long next() {
        return byDue.isEmpty() ? Long.MAX_VALUE : byDue.first().at();
    }

    // ---- changing, by events only

    void begin(Place place, Pause wait) {
        unclocked.put(place, wait);
    }

    void clock(Place place, long at) {
        if (unclocked.remove(place) == null) {
            throw new AssertionError("does not wait, or its time is known: " + place);
        }
        due.put(place, at);
        byDue.add(new Due(at, place));
    }

    void end(Place place) {
        unclocked.remove(place);
        var at = due.remove(place);
        if (at != null) {
            byDue.remove(new Due(at, place));
        }
    }
}
