package dev.ganger.coordinator.simulation;

import java.time.Duration;
import java.util.stream.Collectors;

import static dev.ganger.coordinator.simulation.BrokenLaw.unless;

/** One history: its faults, then the calm in which everything must finish. */
final class Simulation {
    private static final int LINES_SHOWN = Integer.getInteger("ganger.trace", 60);
    /** Twice the patience, because a crash makes it begin afresh. */
    private static final long DRAFTS_GONE_MILLIS = Duration.ofMinutes(11).toMillis();
    private static final long MOST_LEASES_QUARANTINED = 60;
    private static final long MOST_STEPS = 2_000_000;

    private final long seed;
    private final World world;

    private Simulation(long seed, World world) {
        this.seed = seed;
        this.world = world;
    }

    /** Throws what was wrong, with the end of the history. Gives the number of steps. */
    static long run(long seed) {
        return run(seed, new World(seed)).agenda.steps();
    }

    /** The same in a world that somebody has prepared; gives that, at its end. */
    static World run(long seed, World world) {
        var simulation = new Simulation(seed, world);
        try {
            simulation.run();
            return world;
        } catch (RuntimeException | Error failure) {
            failure.addSuppressed(new History(simulation.describe()));
            throw failure;
        }
    }

    /** What is shown of a history that went wrong. */
    private static final class History extends RuntimeException {
        private static final long serialVersionUID = 1;

        History(String text) {
            super(text, null, false, false);
        }
    }

    private String describe() {
        return "seed %d: %s%n%s".formatted(seed, world.plan, world.agenda.lastLines(LINES_SHOWN).stream()
                .collect(Collectors.joining(System.lineSeparator())));
    }

    private void run() {
        world.coordinator.start();
        world.workers.forEach(Worker::bootLater);
        new Faults(world);
        while (world.agenda.now() < world.plan.faultsEndAt) {
            step();
        }
        world.calmDown();
        var deadline = world.agenda.now() + calmMillis();
        while (!isFinished()) {
            stepBefore(deadline);
        }
        finish();
    }

    private void stepBefore(long deadline) {
        if (world.agenda.now() >= deadline || world.agenda.steps() >= MOST_STEPS) {
            unless(false, "in the calm everything finishes", "after %d steps: %s", world.agenda.steps(), leftovers());
        }
        world.agenda.step();
    }

    private void step() {
        stepBefore(Long.MAX_VALUE);
    }

    /** Long enough for all that can be under way, one after the other. */
    private long calmMillis() {
        var tasks = (long) world.plan.clients * world.plan.submitsAClient * world.plan.tasksAJob;
        return world.plan.leaseMillis * (40 + 2 * MOST_LEASES_QUARANTINED + 4 * tasks) + tasks * 3 * world.plan.taskMillis * 2;
    }

    private boolean isFinished() {
        return world.coordinator.isUp() && world.laws.records.unfinished == 0 && world.laws.records.waiters.isEmpty()
                && world.clients.stream().allMatch(Client::isDone) && world.workers.stream().allMatch(Worker::isIdle);
    }

    private String leftovers() {
        var records = world.laws.records;
        var reasons = records.jobs.values().stream().filter(job -> job.unfinished > 0)
                .map(job -> world.coordinator.views().why(job.origin.job())).toList();
        return "coordinator up: %s; unfinished: %d; waiting: %s; clients done: %s; idle: %s; running: %s; why: %s".formatted(
                world.coordinator.isUp(), records.unfinished, records.waiters.keySet(),
                world.clients.stream().map(Client::isDone).toList(), world.workers.stream().map(Worker::isIdle).toList(),
                world.ledger.running(), reasons);
    }

    private void awaitEndOfDrafts() {
        var until = world.agenda.now() + DRAFTS_GONE_MILLIS;
        while (world.coordinator.hasDrafts()) {
            unless(world.agenda.now() < until, "no draft outlives its patience", "%s", world.coordinator.state().snapshot());
            var next = world.agenda.now() + 1_000;
            while (world.agenda.now() < next || !world.coordinator.isUp()) {
                step();
            }
        }
    }

    private void finish() {
        world.laws.checkAll(world.coordinator);
        world.workers.forEach(Worker::retire);
        var deadline = world.agenda.now() + 20 * world.plan.leaseMillis;
        while (world.workers.stream().anyMatch(Worker::lives)) {
            stepBefore(deadline);
        }
        awaitEndOfDrafts();
        world.coordinator.crash();
        while (!world.coordinator.isUp()) {
            step();
        }
        world.laws.checkAll(world.coordinator);
        var faults = world.coordinator.faults();
        unless(faults.isEmpty(), "what is kept is complete and agrees with itself", "%s", faults);
    }
}
