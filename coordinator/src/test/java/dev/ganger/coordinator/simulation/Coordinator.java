package dev.ganger.coordinator.simulation;

import dev.ganger.coordinator.core.Command;
import dev.ganger.coordinator.core.Dispatcher;
import dev.ganger.coordinator.core.Event;
import dev.ganger.coordinator.core.State;
import dev.ganger.coordinator.core.Time;
import dev.ganger.coordinator.core.Views;
import dev.ganger.coordinator.loop.AwakeTime;
import dev.ganger.coordinator.loop.Outcome;
import dev.ganger.coordinator.loop.Turn;
import dev.ganger.coordinator.store.FakeDisk;
import dev.ganger.coordinator.store.FakeStore;
import dev.ganger.coordinator.store.PowerCut;
import dev.ganger.coordinator.verify.StoreCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What CoreLoop and Feed do around the core, without threads, and a power supply that fails. */
final class Coordinator {
    private static final int TURNS_A_LEASE = 40;

    private final World world;
    private final FakeDisk disk;
    private final Laws laws;
    private final Shelf shelf = new Shelf();
    private final List<Item<?>> inbox = new ArrayList<>();
    private final Set<Session> sessions = new LinkedHashSet<>();
    private final Map<UUID, Consumer<Event>> draftWatchers = new LinkedHashMap<>();
    private final List<Runnable> whenDown = new ArrayList<>();
    private FakeStore store;
    private State state = new State();
    private Dispatcher dispatcher;
    private AwakeTime time;
    private boolean up;
    private long life;
    private long startedAt;
    private long sessionNumber;
    private boolean turnIsDue;
    private long stalledUntil = -1;
    /** By how much the clock on its wall is wrong. */
    private Duration ahead = Duration.ZERO;

    private record Item<R>(Command<R> command, Consumer<Outcome<R>> reply) {
        Runnable take(Turn turn) {
            var outcome = turn.take(command);
            return () -> reply.accept(outcome);
        }
    }

    Coordinator(World world, Laws laws) {
        this.world = world;
        this.laws = laws;
        this.disk = new FakeDisk(world.plan.encodes);
        this.store = disk.open();
        this.dispatcher = new Dispatcher(state, world.plan.settings());
        this.time = clocks();
    }

    private AwakeTime clocks() {
        return new AwakeTime(() -> new Time(world.agenda.now() - startedAt, clock()), world.plan.settings().beat());
    }

    // ---- power

    void start() {
        store = disk.open();
        state = new State();
        dispatcher = new Dispatcher(state, world.plan.settings());
        var last = store.recover(state::apply);
        up = true;
        life++;
        startedAt = world.agenda.now();
        time = clocks();
        stalledUntil = -1;
        world.agenda.note("coordinator", "starts after batch " + last);
        laws.recovered(last, views(), startedAt);
        idle(life);
    }

    private void idle(long ofLife) {
        world.agenda.in(world.plan.leaseMillis / TURNS_A_LEASE, () -> {
            if (up && life == ofLife) {
                turn();
                idle(ofLife);
            }
        });
    }

    void crash() {
        if (up) {
            world.agenda.note("coordinator", "CRASHES");
            disk.powerCut();
            fall();
        }
    }

    /** It does nothing for a while, as a machine that swaps or a process that is stopped; what comes in meanwhile waits. */
    void stall(long millis) {
        if (up) {
            world.agenda.note("coordinator", "STALLS for " + millis + " ms");
            stalledUntil = Math.max(stalledUntil, world.agenda.now() + millis);
            world.agenda.in(millis, this::turn);
        }
    }

    /** Nothing fits on its disk for a while: it ends rather than say what is not stored, and comes back until there is room. */
    void fillDisk(long millis) {
        world.agenda.note("coordinator", "has a FULL disk for " + millis + " ms");
        disk.fill(true);
        world.agenda.in(millis, () -> disk.fill(false));
    }

    void turnClock(Duration to) {
        world.agenda.note("coordinator", "has its clock turned by " + to);
        ahead = to;
    }

    /** What the clock on its wall shows. */
    Instant clock() {
        return world.agenda.wallClock().plus(ahead);
    }

    void crashInNextAppend() {
        disk.powerCutInNextAppend(world.chance.random());
    }

    void crashInNextSnapshot() {
        disk.powerCutInNextSnapshot(world.chance.random());
    }

    private void fall() {
        up = false;
        stalledUntil = -1;
        if (world.faulty(Plan.Fault.CLOCK_JUMPS, 0.5)) {
            turnClock(Faults.jump(world.chance));
        }
        shelf.powerCut(world.chance);
        inbox.clear();
        sessions.clear();
        draftWatchers.clear();
        laws.crashed();
        var told = List.copyOf(whenDown);
        whenDown.clear();
        told.forEach(Runnable::run);
        world.agenda.in(world.chance.mostlySmall(world.plan.leaseMillis * 3), this::start);
    }

    // ---- as its edges see it

    boolean isUp() {
        return up;
    }

    long life() {
        return life;
    }

    Views views() {
        return new Views(state, world.plan.settings(), time());
    }

    State state() {
        return state;
    }

    /** Whether there are entries that belong to no job. */
    boolean hasDrafts() {
        var drafts = new LinkedHashSet<UUID>();
        for (var event : state.snapshot()) {
            if (event instanceof Event.ChunkStored chunk) {
                drafts.add(chunk.draft());
            } else if (event instanceof Event.Submitted submitted) {
                drafts.remove(submitted.draft());
            }
        }
        return !drafts.isEmpty();
    }

    Shelf shelf() {
        return shelf;
    }

    /** What 'ganger verify' says of its disk. */
    List<String> faults() {
        return StoreCheck.faults(disk.moment());
    }

    FakeStore store() {
        return store;
    }

    private Time time() {
        return time.read();
    }

    long nextSession() {
        return ++sessionNumber;
    }

    /** The reply comes when it is durable; never, if the coordinator crashes before. */
    <R> void execute(Command<R> command, Consumer<Outcome<R>> reply) {
        if (!up) {
            throw new AssertionError("nobody can ask a dead coordinator");
        }
        inbox.add(new Item<>(command, reply));
        if (!turnIsDue) {
            turnIsDue = true;
            world.agenda.in(world.chance.from(0, 2), this::turn);
        }
    }

    void subscribe(Session session) {
        sessions.add(session);
    }

    void unsubscribe(Session session) {
        sessions.remove(session);
    }

    void watchDraft(UUID draft, Consumer<Event> watcher) {
        draftWatchers.put(draft, watcher);
    }

    void unwatchDraft(UUID draft) {
        draftWatchers.remove(draft);
    }

    /** Once, when it crashes next. */
    void whenDown(Runnable told) {
        whenDown.add(told);
    }

    // ---- the loop

    private void turn() {
        turnIsDue = false;
        if (!up || world.agenda.now() < stalledUntil) {
            return;
        }
        var items = List.copyOf(inbox);
        inbox.clear();
        var turn = new Turn(state, dispatcher, time());
        var replies = items.stream().map(item -> take(item, turn)).toList();
        turn.settle();
        laws.decided(turn.events());
        try {
            var batch = turn.conclude(store, this::publish, replies);
            laws.concluded(batch, views(), store, state, shelf);
            if (batch > 0 && world.plan.has(Plan.Fault.SNAPSHOTS) && world.chance.is(0.05)) {
                store.snapshot(batch, state.snapshot());
            }
        } catch (PowerCut cut) {
            world.agenda.note("coordinator", "CRASHES: " + cut.getMessage());
            fall();
        }
    }

    private Runnable take(Item<?> item, Turn turn) {
        world.agenda.note("coordinator", item.command());
        return item.take(turn);
    }

    private void publish(List<Event> events) {
        laws.told(events);
        for (var event : events) {
            world.agenda.note("event", event);
        }
        List.copyOf(sessions).forEach(session -> session.heard(events));
        for (var event : events) {
            var draft = draftOf(event);
            var watcher = draft == null ? null : draftWatchers.get(draft);
            if (watcher != null) {
                watcher.accept(event);
            }
        }
    }

    private static @Nullable UUID draftOf(Event event) {
        return switch (event) {
            case Event.Submitted submitted -> submitted.draft();
            case Event.SubmitRefused refused -> refused.draft();
            case Event.SubmitMatched matched -> matched.draft();
            default -> null;
        };
    }
}
