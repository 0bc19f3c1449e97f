package dev.ganger.coordinator.simulation;

import dev.ganger.agent.core.Action;
import dev.ganger.agent.core.AgentCore;
import dev.ganger.agent.core.Input;
import dev.ganger.agent.core.Moment;
import dev.ganger.model.AgentId;
import dev.ganger.model.AttemptId;
import java.time.Duration;
import java.time.Instant;
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
    private final Outbox outbox;
    private UUID instance;
    private long start;
    private @Nullable AgentCore core;
    private @Nullable Stream stream;
    private boolean everWelcomed;
    private boolean scarce;
    private boolean frozen;
    private boolean gone;
    /** It was told that it may not come back. */
    private boolean removed;
    private long cutOffUntil = -1;
    private long stepAt = Long.MAX_VALUE;
    /** By how much the clock on its wall is wrong. */
    private Duration ahead = Duration.ZERO;

    Worker(World world, String name) {
        this.world = world;
        this.name = name;
        this.slots = world.chance.from(1, 4);
        this.instance = world.chance.uuid();
        this.machine = new Machine(world, this);
        this.outbox = new Outbox(world, this);
    }

    // ---- reading

    String name() {
        return name;
    }

    AgentId id() {
        return new AgentId(name, instance, start);
    }

    UUID instance() {
        return instance;
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

    /** What the clock on its wall shows. */
    Instant clock() {
        return world.agenda.wallClock().plus(ahead);
    }

    // ---- what happens to it

    void turnClock(Duration to) {
        world.agenda.note(name, "has its clock turned by " + to);
        ahead = to;
    }

    void boot() {
        if (core != null || gone) {
            return;
        }
        start++;
        world.laws.booted(id());
        machine.endOrphans();
        var kept = outbox.readBack();
        core = new AgentCore(slots, patience(), kept);
        everWelcomed = false;
        scarce = false;
        inputs.clear();
        world.agenda.note(name, "starts, for time " + start + ", with " + kept);
        outbox.begin(kept);
        hear(new Input.Tick());
    }

    /** How long it waits for what runs when it is to end; null: as long as it takes. */
    private @Nullable Duration patience() {
        return world.plan.has(Plan.Fault.DRAINS) && world.chance.is(0.5)
                ? Duration.ofMillis(world.chance.mostlySmall(world.plan.leaseMillis))
                : null;
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

    /** Its processes end with it, and of its spool the last is lost. */
    void powerCut() {
        if (core != null) {
            world.agenda.note(name, "LOSES POWER");
            machine.endOrphans();
            outbox.tear();
            crash(false);
        }
    }

    /** The spool is too full for more, for a while. */
    void fillSpool(long millis) {
        if (core != null) {
            var ofStart = start;
            hear(new Input.SpoolFilled(true));
            world.agenda.in(millis, () -> {
                if (core != null && start == ofStart) {
                    hear(new Input.SpoolFilled(false));
                }
            });
        }
    }

    /** Another installation under the same name. */
    void reinstall() {
        crash(false);
        renew();
    }

    private void renew() {
        machine.endOrphans();
        outbox.clear();
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

    /** Nothing succeeds on it for a while. */
    void spoil(long millis) {
        machine.spoil(millis);
    }

    void cutStream() {
        if (stream != null) {
            stream.cut();
        }
    }

    /** The network swallows what is said one way, or both, and says nothing of it. */
    void swallow(boolean up, boolean down) {
        if (stream != null) {
            stream.swallow(up, down);
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

    void refused(Stream by, boolean forbidden) {
        if (by == stream && core != null && (forbidden || !everWelcomed)) {
            removed |= forbidden;
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
            if (input instanceof Input.SpoolFilled(var full)) {
                scarce = full;
            }
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
        return new Moment(world.agenda.now(), clock());
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
                case Action.LosePatience() -> {
                }
                case Action.Keep(var over) -> outbox.keep(over);
                case Action.Forget(var attempt) -> outbox.forget(attempt);
                case Action.Leave() -> leave();
            }
        }
    }

    private void connect() {
        var dead = !world.coordinator.isUp() || isCutOff();
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

    boolean isCutOff() {
        return world.agenda.now() < cutOffUntil;
    }

    void wrote(long ofStart, AttemptId attempt, long bytes) {
        if (core != null && start == ofStart) {
            outbox.wrote(attempt, bytes);
        }
    }

    boolean keeps(AttemptId attempt) {
        return outbox.keeps(attempt);
    }

    private void say(Action.Say words) {
        switch (words) {
            case Action.Report report -> report.ended().forEach(over -> BrokenLaw.unless(outbox.keeps(over.attempt()),
                    "what is reported is kept", "%s", over));
            case Action.Pull pull -> BrokenLaw.unless(!scarce || pull.free() + pull.ahead() == 0,
                    "a full spool asks for nothing", "%s", pull);
            default -> {
            }
        }
        var present = stream;
        if (present != null) {
            present.up(words);
        }
    }

    private void leave() {
        machine.crash(false);
        over();
        if (removed && world.chance.is(0.5)) {
            removed = false;
            renew();
        }
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
