package dev.ganger.coordinator.core;

import java.util.List;

/** What became of a command. */
public sealed interface Decision<R> {

    /** These events happen, and then the reply is given. */
    record Accepted<R>(List<Event> events, List<Payload> payloads, R reply) implements Decision<R> {
        public Accepted {
            events = List.copyOf(events);
            payloads = List.copyOf(payloads);
        }
    }

    /** Nothing happens. */
    record Rejected<R>(Refusal refusal) implements Decision<R> {}

    static <R> Decision<R> accepted(R reply, Event... events) {
        return new Accepted<>(List.of(events), List.of(), reply);
    }

    static <R> Decision<R> rejected(Refusal.Kind kind, String text) {
        return new Rejected<>(new Refusal(kind, text));
    }
}
