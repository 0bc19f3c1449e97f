package dev.ganger.coordinator.simulation;

import dev.ganger.coordinator.core.Command;
import dev.ganger.coordinator.core.Event;
import dev.ganger.coordinator.core.Selection;
import dev.ganger.coordinator.loop.Outcome;
import dev.ganger.model.IndexRange;
import dev.ganger.model.Indices;
import dev.ganger.model.TaskState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Somebody who cancels, closes, stops and reads results, one thing after the other. */
final class Operator {
    private static final String CONSUMER = "reader";

    private final World world;
    private final Line line;
    private final AgentOrders orders;
    /** Jobs of which all was cancelled, and that was acknowledged. */
    private final Set<Long> cancelled = new HashSet<>();

    Operator(World world) {
        this.world = world;
        this.line = new Line(world);
        this.orders = new AgentOrders(world, this);
        next();
    }

    void next() {
        world.agenda.in(world.chance.from(1, world.plan.leaseMillis), this::act);
    }

    private void act() {
        var acts = new ArrayList<Runnable>();
        if (world.isCalm()) {
            acts.add(this::open);
            acts.add(this::cancelEndless);
            acts.add(this::releaseAll);
            acts.add(orders::resume);
            acts.add(orders::cancelUnrunnable);
        } else {
            acts.add(this::moveCursor);
            acts.add(this::cancelEndless);
            addIf(Plan.Fault.CANCELS, acts, this::cancel);
            addIf(Plan.Fault.CLOSING, acts, world.laws.records.open ? this::close : this::open);
            addIf(Plan.Fault.STOPS, acts, this::stop);
            addIf(Plan.Fault.HOLDS, acts, this::hold);
            addIf(Plan.Fault.HOLDS, acts, this::release);
            addIf(Plan.Fault.RETRYING, acts, this::retry);
            addIf(Plan.Fault.FORGETTING, acts, this::forget);
            addIf(Plan.Fault.AGENT_DRAINS, acts, orders::drain);
            addIf(Plan.Fault.AGENT_DRAINS, acts, orders::resume);
            addIf(Plan.Fault.AGENT_STOPS, acts, orders::stop);
            addIf(Plan.Fault.AGENTS_SAID_GONE, acts, orders::gone);
            addIf(Plan.Fault.REMOVALS, acts, orders::remove);
        }
        world.chance.oneOf(acts).run();
    }

    private void addIf(Plan.Fault exists, List<Runnable> acts, Runnable act) {
        if (world.plan.has(exists)) {
            acts.add(act);
        }
    }

    <R> void ask(Command<R> command, Runnable acknowledged) {
        line.ask(command, outcome -> {
            if (outcome instanceof Outcome.Replied<?>) {
                acknowledged.run();
            }
            next();
        }, this::next);
    }

    private void open() {
        ask(new Command.Open(), () -> BrokenLaw.unless(world.laws.records.open, "what is acknowledged is recorded", "open"));
    }

    private void close() {
        ask(new Command.Close(), () -> BrokenLaw.unless(!world.laws.records.open, "what is acknowledged is recorded", "close"));
    }

    private void stop() {
        if (world.chance.is(0.5)) {
            next();
        } else {
            ask(new Command.Stop(world.chance.is(0.3), world.plan.has(Plan.Fault.SKIPPING) && world.chance.is(0.7)), () -> {});
        }
    }

    private void moveCursor() {
        var next = world.chance.from(1, world.laws.records.results.size() + 1);
        ask(new Command.MoveCursor(CONSUMER, next), () -> {
            var found = world.laws.records.cursors.getOrDefault(CONSUMER, 1L);
            BrokenLaw.unless(found == next, "what is acknowledged is recorded", "cursor at %d, not %d", found, next);
        });
    }

    private void cancel() {
        var jobs = world.laws.records.jobs;
        if (jobs.isEmpty()) {
            next();
            return;
        }
        var job = world.chance.oneOf(List.copyOf(jobs.values())).origin;
        if (world.chance.is(0.3)) {
            cancelAll(job.job());
        } else {
            ask(new Command.Cancel(some(job, TaskState.values()), "not needed"), () -> {});
        }
    }

    private Selection some(Event.Submitted job, TaskState... states) {
        var count = job.indices().count();
        var first = world.chance.from(0, count - 1);
        var some = new Indices(List.of(new IndexRange(job.indices().indexAt(first),
                job.indices().indexAt(world.chance.from(first, count - 1)), 1)));
        return new Selection(job.job(), world.chance.is(0.7) ? some : null,
                world.chance.is(0.8) ? Set.of() : Set.of(world.chance.oneOf(List.of(states))));
    }

    private void hold() {
        withJob(job -> ask(new Command.Hold(some(job.origin, TaskState.values()), "not yet"), () -> {}));
    }

    private void release() {
        withJob(job -> ask(new Command.Release(some(job.origin, TaskState.HELD)), () -> {}));
    }

    private void retry() {
        withJob(job -> {
            cancelled.remove(job.origin.job());
            ask(new Command.Retry(some(job.origin, TaskState.SUCCEEDED, TaskState.FAILED, TaskState.CANCELLED), "again"),
                    () -> {});
        });
    }

    private void withJob(Consumer<JobRecord> act) {
        var jobs = world.laws.records.jobs.values().stream().filter(job -> !job.forgotten).toList();
        if (jobs.isEmpty()) {
            next();
        } else {
            act.accept(world.chance.oneOf(jobs));
        }
    }

    /** What is held would never end. */
    private void releaseAll() {
        for (var job : world.laws.records.jobs.values()) {
            if (job.tasks.values().stream().anyMatch(task -> task.held)) {
                ask(new Command.Release(Selection.of(job.origin.job(), null)), () -> {});
                return;
            }
        }
        next();
    }

    private void forget() {
        var jobs = world.laws.records.jobs.values().stream().filter(job -> !job.forgotten).toList();
        if (jobs.isEmpty()) {
            next();
            return;
        }
        var job = world.chance.oneOf(jobs);
        world.laws.mayBeForgotten(job.origin.job());
        ask(new Command.Forget(job.origin.job()),
                () -> BrokenLaw.unless(job.forgotten, "what is acknowledged is recorded", "job %d", job.origin.job()));
    }

    /** What would never end by itself is cancelled once; that must be enough. */
    private void cancelEndless() {
        for (var job : world.laws.records.jobs.values()) {
            if (job.origin.spec().name().equals(Machine.ENDLESS) && job.unfinished > 0 && !cancelled.contains(job.origin.job())
                    && (world.isCalm() || world.chance.is(0.5))) {
                cancelAll(job.origin.job());
                return;
            }
        }
        next();
    }

    void cancelAll(long job) {
        ask(new Command.Cancel(job, null, "enough"), () -> cancelled.add(job));
    }
}
