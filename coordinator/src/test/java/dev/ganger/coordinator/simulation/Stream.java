package dev.ganger.coordinator.simulation;

import dev.ganger.agent.core.Action;
import dev.ganger.agent.core.Input;
import dev.ganger.coordinator.core.Refusal;
import dev.ganger.model.AgentId;
import org.jspecify.annotations.Nullable;

/**
 * One connection of an agent: what is said arrives later, in order, or, once it is cut, not at all. Each side learns of a cut in its own
 * time.
 */
final class Stream {
    private final World world;
    final Worker worker;
    /** The life of the agent that opened it. */
    final AgentId agent;
    private final long coordinatorLife;
    private @Nullable Session session;
    private long lastUp;
    private long lastDown;
    private boolean cut;
    /** What was to arrive later than this is lost. */
    private long upUntil = Long.MAX_VALUE;
    private long downUntil = Long.MAX_VALUE;
    /** What the coordinator has still to read of a stream that was cut, it reads so much later. */
    private long upDelay;
    private long lastRead;
    private boolean overForWorker;
    private boolean overForCoordinator;

    Stream(World world, Worker worker, boolean dead) {
        this.world = world;
        this.worker = worker;
        this.agent = worker.id();
        this.coordinatorLife = world.coordinator.life();
        if (dead) {
            cut = true;
            upUntil = -1;
            downUntil = -1;
            workerNotices(world.chance.from(1, 200));
        } else {
            world.coordinator.whenDown(this::coordinatorDied);
        }
    }

    private boolean coordinatorLives() {
        return world.coordinator.isUp() && world.coordinator.life() == coordinatorLife;
    }

    /** What is lost on the way is sent again, later; all that is said after it waits. */
    private long delay() {
        var sentAgain = world.faulty(Plan.Fault.LOSSY_LINKS, 0.05) ? world.chance.from(1, world.plan.leaseMillis / 4) : 0;
        return world.chance.mostlySmall(world.plan.delayMillis * 2) + sentAgain;
    }

    void up(Action.Say words) {
        lastUp = Math.max(lastUp, world.agenda.now() + delay());
        world.agenda.at(lastUp, () -> arriveUp(words, false));
    }

    private void arriveUp(Action.Say words, boolean delayed) {
        if (!delayed && world.agenda.now() > upUntil || overForCoordinator || !coordinatorLives()) {
            return;
        }
        if (!delayed && upDelay > 0) {
            lastRead = Math.max(lastRead, world.agenda.now() + upDelay);
            world.agenda.at(lastRead, () -> arriveUp(words, true));
            return;
        }
        if (session == null) {
            session = new Session(world, this);
        }
        session.read(words);
    }

    void down(Input input) {
        lastDown = Math.max(lastDown, world.agenda.now() + delay());
        world.agenda.at(lastDown, () -> {
            if (world.agenda.now() <= downUntil && !overForWorker) {
                worker.hear(this, input);
            }
        });
    }

    /** The coordinator ends the stream; the agent reads this after all that was said before. */
    void endByCoordinator(Refusal.@Nullable Kind why) {
        overForCoordinator = true;
        lastDown = Math.max(lastDown, world.agenda.now() + delay());
        world.agenda.at(lastDown, () -> {
            if (world.agenda.now() <= downUntil) {
                if (why == Refusal.Kind.CONFLICT || why == Refusal.Kind.FORBIDDEN) {
                    worker.refused(this, why == Refusal.Kind.FORBIDDEN);
                }
                workerIsOver();
            }
        });
    }

    /** The agent ends the stream, or its process is gone: the coordinator reads this after all that was said before. */
    void endByWorker() {
        overForWorker = true;
        lastUp = Math.max(lastUp, world.agenda.now() + delay());
        world.agenda.at(lastUp, () -> {
            if (world.agenda.now() <= upUntil) {
                coordinatorIsOver();
            }
        });
    }

    /** The agent hears nothing any more, and takes the stream for dead. */
    void giveUp() {
        if (!overForWorker) {
            endByWorker();
            worker.hear(this, new Input.Disconnected());
        }
    }

    void cut() {
        if (cut || overForWorker) {
            return;
        }
        var chance = world.chance;
        var now = world.agenda.now();
        cut = true;
        world.agenda.note(worker.name(), "stream is CUT");
        upUntil = chance.from(now - 1, Math.max(now, lastUp));
        downUntil = chance.from(now - 1, Math.max(now, lastDown));
        if (world.plan.has(Plan.Fault.LATE_OLD_STREAMS) && chance.is(0.5)) {
            upDelay = chance.mostlySmall(world.plan.leaseMillis);
        }
        workerNotices(chance.mostlySmall(world.plan.leaseMillis));
        world.agenda.in(upDelay + chance.mostlySmall(world.plan.leaseMillis * 3), this::coordinatorIsOver);
    }

    /** What is said is lost from now on, and nothing tells the agent; the coordinator's end is told when it asks whether the other is there. */
    void swallow(boolean up, boolean down) {
        if (!cut && !overForWorker) {
            world.agenda.note(worker.name(), "stream swallows what goes " + (up ? "up " : "") + (down ? "down" : ""));
            cut = true;
            upUntil = up ? world.agenda.now() : upUntil;
            downUntil = down ? world.agenda.now() : downUntil;
            world.agenda.in(world.chance.from(1, world.plan.leaseMillis * 3), this::coordinatorIsOver);
        }
    }

    /** The coordinator reads what is said long after the agent has given the stream up, and the agent hears nothing. */
    void stall() {
        cut = true;
        downUntil = -1;
        upDelay = world.chance.from(0, world.plan.leaseMillis);
        workerNotices(world.chance.mostlySmall(world.plan.leaseMillis));
        world.agenda.in(upDelay + world.chance.from(1, world.plan.leaseMillis), this::coordinatorIsOver);
    }

    private void coordinatorDied() {
        if (!cut && !overForWorker) {
            cut = true;
            downUntil = world.chance.from(world.agenda.now() - 1, Math.max(world.agenda.now(), lastDown));
            workerNotices(world.chance.mostlySmall(world.plan.leaseMillis));
        }
    }

    private void workerNotices(long afterMillis) {
        world.agenda.in(afterMillis, this::workerIsOver);
    }

    private void workerIsOver() {
        if (!overForWorker) {
            overForWorker = true;
            worker.hear(this, new Input.Disconnected());
        }
    }

    private void coordinatorIsOver() {
        if (!overForCoordinator && coordinatorLives()) {
            overForCoordinator = true;
            if (session != null) {
                session.gone();
            }
        }
    }
}
