package dev.ganger.coordinator.store;

import dev.ganger.coordinator.core.Event;
import dev.ganger.coordinator.core.Payload;
import java.util.List;

/** What becomes durable together: the events of some decisions, and what they add beside. */
public record Batch(List<Event.Durable> events, List<Payload> payloads) {
    public Batch {
        events = List.copyOf(events);
        payloads = List.copyOf(payloads);
    }

    public boolean isEmpty() {
        return events.isEmpty() && payloads.isEmpty();
    }
}
