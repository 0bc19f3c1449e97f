package dev.ganger.coordinator.loop;

import dev.ganger.coordinator.core.Command;
import dev.ganger.coordinator.core.Decision;
import dev.ganger.coordinator.core.Dispatcher;
import dev.ganger.coordinator.core.Event;
import dev.ganger.coordinator.core.Payload;
import dev.ganger.coordinator.core.State;
import dev.ganger.coordinator.core.Time;
import dev.ganger.coordinator.store.Batch;
import dev.ganger.coordinator.store.Journal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One turn of the loop, without threads or io: some commands are decided and applied, then what follows from them; the simulation takes
 * the same turns.
 */
public final class Turn {
    private final State state;
    private final Dispatcher dispatcher;
    private final Time time;
    private final List<Event> events = new ArrayList<>();
    private final List<Payload> payloads = new ArrayList<>();

    public Turn(State state, Dispatcher dispatcher, Time time) {
        this.state = state;
        this.dispatcher = dispatcher;
        this.time = time;
    }

    public Time time() {
        return time;
    }

    /** Decides and applies; the outcome may be told once the turn's batch is durable. */
    public <R> Outcome<R> take(Command<R> command) {
        return switch (dispatcher.decide(command, time)) {
            case Decision.Rejected<R>(var refusal) -> new Outcome.Refused<>(refusal);
            case Decision.Accepted<R> accepted -> {
                apply(accepted);
                yield new Outcome.Replied<>(accepted.reply());
            }
        };
    }

    /** Applies all that follows by itself. */
    public void settle() {
        for (var next = dispatcher.consequence(time); !next.events().isEmpty(); next = dispatcher.consequence(time)) {
            apply(next);
        }
    }

    private void apply(Decision.Accepted<?> accepted) {
        accepted.events().forEach(state::apply);
        events.addAll(accepted.events());
        payloads.addAll(accepted.payloads());
    }

    /** All that happened, in order. */
    public List<Event> events() {
        return events;
    }

    /** Makes it durable, tells the watchers, then replies, in this order; gives the number of the batch, 0 if there was nothing to write. */
    public long conclude(Journal journal, Consumer<List<Event>> publish, List<Runnable> replies) {
        var batch = batch();
        var number = batch.isEmpty() ? 0 : journal.append(batch);
        publish.accept(events);
        replies.forEach(Runnable::run);
        return number;
    }

    private Batch batch() {
        var durable = new ArrayList<Event.Durable>();
        for (var event : events) {
            if (event instanceof Event.Durable each) {
                durable.add(each);
            }
        }
        return new Batch(durable, payloads);
    }
}
