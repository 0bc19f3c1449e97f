package dev.ganger.coordinator.simulation;

import dev.ganger.model.Argument;
import dev.ganger.model.Backoff;
import dev.ganger.model.Bytes;
import dev.ganger.model.CodeRange;
import dev.ganger.model.FailurePolicy;
import dev.ganger.model.IndexRange;
import dev.ganger.model.Indices;
import dev.ganger.model.JobSpec;
import dev.ganger.model.Limits;
import dev.ganger.model.Order;
import dev.ganger.model.TaskLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Somebody who submits jobs, one after the other, and asks again until an answer comes. */
final class Client {
    private final World world;
    private final String name;
    final Line line;
    private final List<Errand> errands = new ArrayList<>();
    private int left;
    private boolean busy;

    /** A job that somebody wants. */
    record Errand(String key, JobSpec spec, @Nullable Indices indices, boolean entries, @Nullable Duration patience) {
        Bytes digest() {
            return Bytes.utf8(spec.command().arguments() + "/" + indices + "/" + entries);
        }
    }

    Client(World world, String name) {
        this.world = world;
        this.name = name;
        this.line = new Line(world);
        this.left = world.plan.submitsAClient;
        next();
    }

    /** Whether all it wanted was answered. */
    boolean isDone() {
        return left == 0 && !busy;
    }

    private void next() {
        world.agenda.in(world.chance.mostlySmall(world.plan.faultsEndAt), () -> {
            busy = true;
            left--;
            // Now and then what was submitted before is submitted again: its key says so.
            var again = !errands.isEmpty() && !errands.getLast().key().isEmpty() && world.chance.is(0.2);
            var errand = again ? errands.getLast() : draw();
            errands.add(errand);
            ask(errand);
        });
    }

    private void ask(Errand errand) {
        new Submitting(world, this, errand).begin();
    }

    /** It was accepted, or refused for good, or nobody can know. */
    void done() {
        busy = false;
        if (left > 0) {
            next();
        }
    }

    void askAgain(Errand errand) {
        world.agenda.in(world.chance.from(1, world.plan.leaseMillis), () -> ask(errand));
    }

    private Errand draw() {
        var chance = world.chance;
        var serial = name + "-" + errands.size();
        var eachAgent = world.plan.has(Plan.Fault.EACH_AGENT_JOBS) && chance.is(0.3);
        var entries = !eachAgent && chance.is(0.4);
        var count = chance.from(1, world.plan.tasksAJob);
        var indices = eachAgent ? null : entries || chance.is(0.5) ? Indices.of(1, count) : ranges(count);
        var endless = world.plan.has(Plan.Fault.ENDLESS_TASKS) && chance.is(0.3);
        var poison = world.plan.has(Plan.Fault.POISON) && chance.is(0.15);
        var spec = JobSpec.of(List.of(Argument.literal(Bytes.utf8(serial))))
                .named(poison ? Machine.POISON : endless ? Machine.ENDLESS : "")
                .with(order(eachAgent))
                .with(policy())
                .with(new TaskLimits(chance.is(0.1) ? Duration.ofMillis(1 + world.plan.taskMillis) : null,
                        Duration.ofMillis(chance.from(1, world.plan.leaseMillis)), Limits.OUTPUT_BYTES));
        var patience = world.plan.has(Plan.Fault.IMPATIENT_CLIENTS) && chance.is(0.5)
                ? Duration.ofMillis(chance.from(0, world.plan.leaseMillis))
                : null;
        return new Errand(chance.is(0.85) ? serial : "", spec, indices, entries, patience);
    }

    private FailurePolicy policy() {
        var chance = world.chance;
        var bounds = world.plan.has(Plan.Fault.FAILURE_BOUNDS);
        var backoff = world.plan.has(Plan.Fault.BACKOFFS) && chance.is(0.7)
                ? Duration.ofMillis(chance.from(1, world.plan.leaseMillis))
                : null;
        return new FailurePolicy(chance.from(0, 2), bounds && chance.is(0.3) ? List.of(new CodeRange(1, 127)) : List.of(),
                backoff == null ? null : new Backoff(backoff, backoff.multipliedBy(chance.from(1, 3))),
                bounds && chance.is(0.3) ? chance.from(0, 3) : null,
                bounds ? chance.from(0, 3) : Limits.DEFAULT_CRASH_LIMIT);
    }

    private Order order(boolean eachAgent) {
        var chance = world.chance;
        var bound = !eachAgent && world.plan.has(Plan.Fault.BOUND_JOBS) && chance.is(0.3);
        return new Order(chance.from(1, world.plan.priorities),
                world.plan.has(Plan.Fault.MAX_RUNNING) && chance.is(eachAgent ? 0.8 : 0.4) ? chance.from(1, 3) : 0,
                bound ? chance.oneOf(world.workers).name() : "");
    }

    private Indices ranges(int count) {
        var found = new ArrayList<IndexRange>();
        var from = 0L;
        for (var taken = 0; taken < count;) {
            var many = world.chance.from(1, count - taken);
            var step = world.chance.from(1, 3);
            found.add(new IndexRange(from, from + (many - 1L) * step, step));
            from += (long) many * step + world.chance.from(0, 5);
            taken += many;
        }
        return new Indices(found);
    }

    /** What the task with an index must get. */
    static Bytes entry(JobSpec spec, long index) {
        return Bytes.utf8(spec.command().arguments().getFirst().pieces() + "/" + index);
    }

    @Override
    public String toString() {
        return name;
    }
}
