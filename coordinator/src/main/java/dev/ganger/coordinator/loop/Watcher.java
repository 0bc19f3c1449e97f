package dev.ganger.coordinator.loop;

import dev.ganger.coordinator.core.Event;
import java.util.List;

/** Hears what has happened to its topic, once a batch, in order. Called on the loop's thread: must not block. */
@FunctionalInterface
public interface Watcher {
    void heard(List<Event> events);
}
