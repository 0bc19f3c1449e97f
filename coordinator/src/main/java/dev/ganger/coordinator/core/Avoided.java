package dev.ganger.coordinator.core;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The installations of agents that a task should not go to.
 *
 * @param unable could not start it
 * @param failed it failed there, and nothing has succeeded there since
 */
record Avoided(SortedSet<UUID> unable, SortedSet<UUID> failed) {
    static final Avoided NOBODY = new Avoided(new TreeSet<>(), new TreeSet<>());

    Avoided {
        unable = Collections.unmodifiableSortedSet(new TreeSet<>(unable));
        failed = Collections.unmodifiableSortedSet(new TreeSet<>(failed));
    }

    static Avoided of(Collection<UUID> unable, Collection<UUID> failed) {
        return new Avoided(new TreeSet<>(unable), new TreeSet<>(failed));
    }

    boolean isEmpty() {
        return unable.isEmpty() && failed.isEmpty();
    }

    boolean has(UUID agent) {
        return unable.contains(agent) || failed.contains(agent);
    }

    /** With one more. */
    Avoided and(UUID agent, boolean isUnable) {
        var more = new TreeSet<>(isUnable ? unable : failed);
        more.add(agent);
        return isUnable ? new Avoided(more, failed) : new Avoided(unable, more);
    }

    /** Something has succeeded there. */
    Avoided forgiving(UUID agent) {
        var left = new TreeSet<>(failed);
        left.remove(agent);
        return new Avoided(unable, left);
    }
}
