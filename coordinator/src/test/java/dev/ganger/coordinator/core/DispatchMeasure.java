package dev.ganger.coordinator.core;

import dev.ganger.model.AgentId;
import dev.ganger.model.Argument;
import dev.ganger.model.Bytes;
import dev.ganger.model.Indices;
import dev.ganger.model.JobSpec;
import dev.ganger.model.Order;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;

/** Measures how fast tasks for any agent are granted while a million tasks of an absent agent stand in front of them, and while none do. */
final class DispatchMeasure {
    private static final Settings SETTINGS = new Settings(10_000_000, 1 << 20, Duration.ofSeconds(60), Duration.ofDays(30));
    private static final Time TIME = new Time(0, Instant.EPOCH);
    private static final int TASKS = 400_000;
    private static final int ROOM = 16;

    private final State state = new State();
    private final Dispatcher dispatcher = new Dispatcher(state, SETTINGS);
    private long drafts;

    private DispatchMeasure() {}

    static void main() {
        for (var round = 0; round < 5; round++) {
            var without = nanosATask(0, TASKS);
            var with = nanosATask(1_000_000, TASKS);
            System.out.printf("a grant costs %.0f ns, behind 1,000,000 tasks of an absent agent %.0f ns: %.2f times%n", without,
                    with,
                    with / without);
        }
    }

    /** Time on the CPU for tasks granted in small turns, as agents pull them. */
    static double nanosATask(int inFront, int tasks) {
        var desk = new DispatchMeasure();
        if (inFront > 0) {
            desk.submit(new Order(9, 0, "absent"), inFront);
        }
        var agents = List.of(desk.attach(1), desk.attach(2));
        desk.submit(Order.DEFAULT, tasks);
        var processed = 0L;
        var start = cpuNanos();
        for (var granted = 0; granted < tasks; granted += 2 * ROOM) {
            for (var agent : agents) {
                desk.take(new Command.Pull(agent.start(), agent, processed, ROOM, 0));
            }
            processed++;
        }
        var nanos = cpuNanos() - start;
        if (desk.state.queued() != inFront) {
            throw new AssertionError("%d tasks are left, not %d".formatted(desk.state.queued(), inFront));
        }
        return (double) nanos / tasks;
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private AgentId attach(int number) {
        var agent = new AgentId("vm-" + number, new UUID(2, number), number);
        take(new Command.Attach(number, agent, ROOM, 1, "", new TreeMap<>(), 1, List.of()));
        return agent;
    }

    private void submit(Order order, int tasks) {
        var spec = JobSpec.of(List.of(Argument.literal(Bytes.utf8("true")))).with(order);
        take(new Command.Submit(new UUID(1, ++drafts), "me", "", Bytes.EMPTY, spec, Indices.of(1, tasks), false, null));
    }

    private void take(Command<?> command) {
        apply((Decision.Accepted<?>) dispatcher.decide(command, TIME));
        for (var next = dispatcher.consequence(TIME); !next.events().isEmpty(); next = dispatcher.consequence(TIME)) {
            apply(next);
        }
    }

    private void apply(Decision.Accepted<?> accepted) {
        accepted.events().forEach(state::apply);
    }
}
