package dev.ganger.coordinator.loop;

import dev.ganger.coordinator.core.Command;
import dev.ganger.coordinator.core.Dispatcher;
import dev.ganger.coordinator.core.Settings;
import dev.ganger.coordinator.core.State;
import dev.ganger.coordinator.core.Views;
import dev.ganger.coordinator.store.DoneQueue;
import dev.ganger.coordinator.store.Entries;
import dev.ganger.coordinator.store.Journal;
import dev.ganger.model.Bytes;
import dev.ganger.model.Result;
import dev.ganger.model.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The single writer. Takes what is in the inbox, decides and applies it, makes the events durable as one batch, tells the watchers, then
 * replies. The next batch is collected while this one is written; it never waits to fill one.
 */
public final class CoreLoop implements Core, AutoCloseable {
    private static final int INBOX = 4_096;
    private static final int BATCH = 1_024;
    private static final long IDLE_MILLIS = 50;
    private static final int EVENTS_BETWEEN_SNAPSHOTS = 200_000;

    private final BlockingQueue<Item> inbox = new ArrayBlockingQueue<>(INBOX);
    private final Feed feed = new Feed();
    private final State state = new State();
    private final Settings settings;
    private final Dispatcher dispatcher;
    private final Journal journal;
    private final DoneQueue doneQueue;
    private final Entries entries;
    private final TimeSource clock;
    private final Consumer<Throwable> fatal;
    private final Thread thread;
    private volatile boolean closing;
    private volatile @Nullable Thread snapshotting;
    private int eventsSinceSnapshot;

    /** Something to do in a turn; what the work gives back is done once the turn is durable, or the future fails. */
    private record Item(Function<Turn, Runnable> work, CompletableFuture<?> future) {}

    /** Recovers what is in the journal; {@link #start} begins to serve. A failure of the disk or a bug goes to fatal, which must end the process. */
    public CoreLoop(
            Settings settings,
            Journal journal,
            DoneQueue doneQueue,
            Entries entries,
            TimeSource clock,
            Consumer<Throwable> fatal) {
        this.settings = settings;
        this.journal = journal;
        this.doneQueue = doneQueue;
        this.entries = entries;
        this.clock = clock;
        this.fatal = fatal;
        this.dispatcher = new Dispatcher(state, settings);
        journal.recover(state::apply);
        this.thread = Thread.ofPlatform().name("core-loop").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    @Override
    public <R> CompletableFuture<Outcome<R>> execute(Command<R> command) {
        var future = new CompletableFuture<Outcome<R>>();
        put(turn -> {
            var outcome = turn.take(command);
            return () -> future.complete(outcome);
        }, future);
        return future;
    }

    @Override
    public <T extends @Nullable Object> CompletableFuture<T> read(Function<Views, T> question) {
        var future = new CompletableFuture<T>();
        put(turn -> {
            var answer = question.apply(new Views(state, settings, turn.time()));
            return () -> future.complete(answer);
        }, future);
        return future;
    }

    private void put(Function<Turn, Runnable> work, CompletableFuture<?> future) {
        if (closing) {
            future.completeExceptionally(new ClosedException());
            return;
        }
        try {
            inbox.put(new Item(work, future));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            future.completeExceptionally(interrupted);
        }
    }

    @Override
    public Subscription watch(Topic topic, Watcher watcher) {
        return feed.watch(topic, watcher);
    }

    @Override
    public List<Result> results(long from, int limit) {
        return doneQueue.read(from, limit);
    }

    @Override
    public @Nullable Result result(TaskId task) {
        return doneQueue.find(task);
    }

    @Override
    public Map<Long, Result> results(long job, long first, long last) {
        return doneQueue.findAll(job, first, last);
    }

    @Override
    public Map<Long, List<Result>> everyResult(long job, long first, long last) {
        return doneQueue.findEvery(job, first, last);
    }

    @Override
    public long firstResult() {
        return doneQueue.first();
    }

    @Override
    public long firstResult(long job) {
        return doneQueue.firstOf(job);
    }

    @Override
    public List<Bytes> entries(UUID draft, long first, long last) {
        return entries.read(draft, first, last);
    }

    private void run() {
        try {
            var items = new ArrayList<Item>(BATCH);
            while (!closing || !inbox.isEmpty()) {
                var first = inbox.poll(idleMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    items.add(first);
                    inbox.drainTo(items, BATCH - 1);
                }
                turn(items);
                items.clear();
            }
        } catch (InterruptedException | RuntimeException | Error failure) {
            fatal.accept(failure);
        }
    }

    /** What is due is done when it is due. */
    private long idleMillis() {
        return Math.clamp(state.nextDue() - clock.read().now(), 0, IDLE_MILLIS);
    }

    private void turn(List<Item> items) {
        var turn = new Turn(state, dispatcher, clock.read());
        var replies = new ArrayList<Runnable>(items.size());
        for (var item : items) {
            replies.add(item.work().apply(turn));
        }
        turn.settle();
        var batch = turn.conclude(journal, feed::publish, replies);
        if (batch > 0) {
            snapshotAfter(batch, turn.events().size());
        }
    }

    /** The list is made here, quickly; it is written by another thread while the loop goes on. */
    private void snapshotAfter(long batch, int events) {
        eventsSinceSnapshot += events;
        if (eventsSinceSnapshot < EVENTS_BETWEEN_SNAPSHOTS || snapshotting != null) {
            return;
        }
        eventsSinceSnapshot = 0;
        var snapshot = state.snapshot();
        snapshotting = Thread.ofPlatform().name("snapshot").daemon().start(() -> {
            try {
                journal.snapshot(batch, snapshot);
            } catch (RuntimeException | Error failure) {
                fatal.accept(failure);
            } finally {
                snapshotting = null;
            }
        });
    }

    /** Finishes what is in the inbox, then ends; what comes later fails with {@link ClosedException}. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join();
            var writing = snapshotting;
            if (writing != null) {
                writing.join();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        inbox.forEach(item -> item.future().completeExceptionally(new ClosedException()));
    }

    /** The coordinator is ending. */
    public static final class ClosedException extends IllegalStateException {
        private static final long serialVersionUID = 1;

        ClosedException() {
            super("the coordinator is ending");
        }
    }
}
