package dev.ganger.coordinator.simulation;

import dev.ganger.agent.core.Assignment;
import dev.ganger.agent.core.Input;
import dev.ganger.model.AttemptId;
import dev.ganger.model.Bytes;
import dev.ganger.model.Ending;
import dev.ganger.model.Run;
import dev.ganger.model.StreamOutput;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The processes of one worker: they take their time, fail, ignore TERM, and outlive their agent. */
final class Machine {
    /** The name of jobs whose processes never end by themselves. */
    static final String ENDLESS = "endless";
    /** The name of jobs whose processes bring down the machine, as long as things go wrong. */
    static final String POISON = "poison";

    private final World world;
    private final Worker worker;
    private final Map<AttemptId, Process> processes = new LinkedHashMap<>();
    /** By job: whether its program is here. */
    private final Map<Long, Boolean> programs = new HashMap<>();
    private long nextPid = 100;
    private long spoiledUntil = -1;

    private record Process(AttemptId attempt, long start, long pid, Instant startedAt, Assignment assignment) {}

    Machine(World world, Worker worker) {
        this.world = world;
        this.worker = worker;
    }

    void start(Assignment assignment) {
        var attempt = assignment.attempt();
        world.laws.entryOf(attempt, assignment.entry());
        if (cannotStart(attempt)) {
            var run = Run.unseen(worker.clock(), new Ending.CannotStart(Ending.Obstacle.NO_SUCH_PROGRAM, "none"));
            worker.hear(new Input.Ended(attempt, run));
            return;
        }
        world.ledger.begins(attempt, worker.id());
        var process = new Process(attempt, worker.start(), nextPid++, worker.clock(), assignment);
        processes.put(attempt, process);
        worker.hear(new Input.Started(attempt, process.pid(), process.startedAt()));
        if (assignment.spec().name().equals(POISON) && world.faulty(Plan.Fault.POISON, 1)) {
            world.agenda.in(duration(), () -> {
                if (processes.get(attempt) == process) {
                    worker.powerCut();
                }
            });
        } else if (!assignment.spec().name().equals(ENDLESS)) {
            endIn(process, duration(), ending());
        }
    }

    private boolean cannotStart(AttemptId attempt) {
        var here = !world.plan.has(Plan.Fault.MISSING_PROGRAMS)
                || programs.computeIfAbsent(attempt.job(), _ -> world.chance.is(0.7));
        return !here || isSpoiled() && world.chance.is(0.3) || world.plan.has(Plan.Fault.FAILURES) && world.chance.is(0.03);
    }

    /** Nothing succeeds here for a while. */
    void spoil(long millis) {
        world.agenda.note(worker.name(), "is BAD for " + millis + " ms");
        spoiledUntil = world.agenda.now() + millis;
    }

    private boolean isSpoiled() {
        return !world.isCalm() && world.agenda.now() < spoiledUntil;
    }

    private long duration() {
        return world.faulty(Plan.Fault.LONG_TASKS, 0.1)
                ? world.chance.from(0, world.plan.leaseMillis * 3)
                : world.chance.from(0, world.plan.taskMillis * 2);
    }

    private Ending ending() {
        if (isSpoiled()) {
            return new Ending.Exited(1);
        }
        if (!world.plan.has(Plan.Fault.FAILURES) || world.chance.is(0.7)) {
            return new Ending.Exited(0);
        }
        return world.chance.is(0.5) ? new Ending.Exited(world.chance.from(1, 255)) : new Ending.Signaled(11);
    }

    /** TERM, and KILL after the grace. */
    void end(AttemptId attempt) {
        var process = processes.get(attempt);
        if (process != null) {
            if (world.plan.has(Plan.Fault.STUBBORN_TASKS) && world.chance.is(0.5)) {
                endIn(process, process.assignment().spec().limits().grace().toMillis(), new Ending.Signaled(9));
            } else {
                endIn(process, world.chance.from(0, 3), new Ending.Signaled(15));
            }
        }
    }

    private void endIn(Process process, long millis, Ending ending) {
        world.agenda.in(millis, () -> {
            if (processes.remove(process.attempt(), process)) {
                world.ledger.ends(process.attempt());
                var run = new Run(process.pid(), process.startedAt(), worker.clock(), ending, Duration.ofMillis(1),
                        Duration.ZERO, 0, 0, output(process), StreamOutput.NOTHING);
                worker.processEnded(process.start(), process.attempt(), new Input.Ended(process.attempt(), run));
            }
        });
    }

    /** Some write so much that it goes up on its own. */
    private StreamOutput output(Process process) {
        if (!world.plan.has(Plan.Fault.LARGE_OUTPUT) || world.chance.is(0.5)) {
            return StreamOutput.NOTHING;
        }
        var bytes = world.chance.from(1L, 1_000_000L);
        worker.wrote(process.start(), process.attempt(), bytes);
        return new StreamOutput(bytes, StreamOutput.NOTHING.sha256(), 0, Bytes.EMPTY);
    }

    /** The agent is dead: its processes die with it, or go on and nobody hears of them. */
    void crash(boolean leavesOrphans) {
        if (!leavesOrphans) {
            endOrphans();
        }
    }

    /** What a starting agent does first. */
    void endOrphans() {
        List.copyOf(processes.values()).forEach(process -> {
            processes.remove(process.attempt());
            world.ledger.ends(process.attempt());
        });
    }
}
