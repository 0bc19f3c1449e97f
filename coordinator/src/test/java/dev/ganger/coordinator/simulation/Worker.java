package dev.ganger.coordinator.simulation;

import dev.ganger.agent.core.Action;
import dev.ganger.agent.core.AgentCore;
import dev.ganger.agent.core.Input;
import dev.ganger.agent.core.Moment;
import dev.ganger.model.AgentId;
import dev.ganger.model.AttemptId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What agent.Agent and agent.link.Link do around the agent's core, on a machine that crashes and freezes. */
final class Worker {
    private static final long LONGEST_SLEEP_MILLIS = 10_000;

    private final World world;
    private final String name;
    final int slots;
    private final List<Input> inputs = new ArrayList<>();
    private final Machine machine;
    private UUID instance;
    private long start;
    private @Nullable AgentCore core;
    private @Nullable Stream stream;
    private boolean everWelcomed;
    private boolean frozen;
    private boolean gone;
    private long cutOffUntil = -1;
    private long stepAt = Long.MAX_VALUE;

    Worker(World world, String name) {
        this.world = world;
        this.name = name;
        this.slots = world.chance.from(1, 4);
        this.instance = world.chance.uuid();
        this.machine = new Machine(world, this);
    }

    // ---- reading

    String name() {
        return name;
    }

    AgentId id() {
        return new AgentId(name, instance, start);
    }

    boolean lives() {
        return core != null;
    }

    boolean isGone() {
        return gone;
    }

    /** Nothing held, nothing running. */
    boolean isIdle() {
        return core == null || core.holds().isEmpty();
    }

    // ---- what happens to it

    void boot() {
        if (core != null || gone) {
            return;
        }
        start++;
        world.laws.booted(id());
        machine.endOrphans();
        core = new AgentCore(slots, List.of());
        everWelcomed = false;
        inputs.clear();
        world.agenda.note(name, "starts, for time " + start);
        hear(new Input.Tick());
    }

    void bootLater() {
        world.agenda.in(world.chance.mostlySmall(world.plan.leaseMillis * 3), this::boot);
    }

    void crash(boolean forEver) {
        if (core == null) {
            return;
        }
        world.agenda.note(name, forEver ? "is GONE for ever" : "CRASHES");
        gone = forEver;
        machine.crash(world.plan.has(Plan.Fault.ORPHANS) && world.chance.is(0.5));
        if (world.chance.is(0.5)) {
            cutStream();
        }
        over();
        if (!forEver) {
            bootLater();
        }
    }

    /** Another installation under the same name. */
    void reinstall() {
        crash(false);
        machine.endOrphans();
        instance = world.chance.uuid();
        start = 0;
    }

    private void over() {
        var present = stream;
        if (present != null) {
            present.endByWorker();
        }
        core = null;
        stream = null;
        frozen = false;
        inputs.clear();
    }

    void freeze(long millis) {
        if (core == null || frozen) {
            return;
        }
        world.agenda.note(name, "is FROZEN for " + millis + " ms");
        frozen = true;
        world.agenda.in(millis, () -> {
            frozen = false;
            stepIn(0);
        });
    }

    void cutStream() {
        if (stream != null) {
            stream.cut();
        }
    }

    void cutOff(long millis) {
        world.agenda.note(name, "is CUT OFF for " + millis + " ms");
        cutOffUntil = world.agenda.now() + millis;
        cutStream();
    }

    /** Leaves when it may, and does not come back. */
    void retire() {
        gone = true;
        drain(false);
    }

    void drain(boolean now) {
        if (core != null) {
            hear(now ? new Input.EndNow() : new Input.Drain());
        }
    }

    // ---- what it hears

    void hear(Stream from, Input input) {
        if (from == stream && core != null) {
            world.laws.heardByAgent(id(), input);
            everWelcomed |= input instanceof Input.Welcomed;
            hear(input);
        }
    }

    void refused(Stream by) {
        if (by == stream && core != null && !everWelcomed) {
            hear(new Input.EndNow());
        }
    }

    void hear(Input input) {
        inputs.add(input);
        stepIn(0);
    }

    private void stepIn(long millis) {
        var due = world.agenda.now() + millis;
        if (due < stepAt) {
            stepAt = due;
            world.agenda.in(millis, () -> {
                if (stepAt == due) {
                    step();
                }
            });
        }
    }

    private void step() {
        stepAt = Long.MAX_VALUE;
        var present = core;
        if (present == null || frozen) {
            return;
        }
        var batch = inputs.isEmpty() ? List.<Input>of(new Input.Tick()) : List.copyOf(inputs);
        inputs.clear();
        for (var input : batch) {
            if (!(input instanceof Input.Tick)) {
                world.agenda.note(name, input);
            }
            perform(present.hear(input, now()));
        }
        if (core == present) {
            perform(present.flush(now()));
        }
        if (core == present) {
            stepIn(inputs.isEmpty() ? Math.clamp(present.millisUntilDue(world.agenda.now()), 1, LONGEST_SLEEP_MILLIS) : 0);
        }
    }

    private Moment now() {
        return new Moment(world.agenda.now(), world.agenda.wallClock());
    }

    private void perform(List<Action> actions) {
        for (var action : actions) {
            if (core == null) {
                return;
            }
            world.agenda.note(name, action);
            switch (action) {
                case Action.Connect() -> connect();
                case Action.Disconnect() -> disconnect();
                case Action.Say words -> say(words);
                case Action.Start(var assignment) -> machine.start(assignment);
                case Action.End(var attempt) -> machine.end(attempt);
                case Action.Keep _,Action.Forget _ -> {
                }
                case Action.Leave() -> leave();
            }
        }
    }

    private void connect() {
        var dead = !world.coordinator.isUp() || world.agenda.now() < cutOffUntil;
        var fresh = new Stream(world, this, dead);
        stream = fresh;
        if (!dead && world.faulty(Plan.Fault.LATE_OLD_STREAMS, 0.3)) {
            fresh.stall();
        }
        hear(new Input.Opened());
    }

    private void disconnect() {
        var present = stream;
        if (present != null) {
            present.giveUp();
        }
    }

    private void say(Action.Say words) {
        var present = stream;
        if (present != null) {
            present.up(words);
        }
    }

    private void leave() {
        machine.crash(false);
        over();
        bootLater();
    }

    void processEnded(long ofStart, AttemptId attempt, Input.Ended ended) {
        if (core != null && start == ofStart) {
            hear(ended);
        }
    }

    long start() {
        return start;
    }
}
