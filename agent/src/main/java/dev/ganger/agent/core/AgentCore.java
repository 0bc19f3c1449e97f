package dev.ganger.agent.core;

import dev.ganger.agent.core.Held.Cause;
import dev.ganger.agent.core.Held.Phase;
import dev.ganger.model.AttemptId;
import dev.ganger.model.Ending;
import dev.ganger.model.Run;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything an agent decides. Each input changes what it holds and gives actions; {@link #flush} then says what is to be said, once for
 * all inputs that came together.
 */
public final class AgentCore {
    /** Ended attempts in one report: with their output they stay within a message. */
    private static final int ENDED_A_REPORT = 32;
    /** An agent that is to end now leaves what is not stored by then to its next life. */
    private static final long LAST_CALL_MILLIS = 10_000;

    private final int slots;
    private final Conversation talk = new Conversation();
    private final Prefetch prefetch;
    /** In the order in which they were granted. */
    private final Map<AttemptId, Held> held = new LinkedHashMap<>();
    private final Deque<Held> waiting = new ArrayDeque<>();
    private int running;
    private final Set<Held> unsaidStarted = new LinkedHashSet<>();
    private final Set<Held> unsaidOver = new LinkedHashSet<>();
    private boolean scarce;
    /** How long a drain may take; null: as long as it takes. */
    private final @Nullable Duration patience;
    private boolean draining;
    /** When what still runs is ended although nobody asks for it. */
    private long impatientAt = Long.MAX_VALUE;
    private boolean ending;
    /** When the end can wait no longer for output to be stored. */
    private long lastCallAt = Long.MAX_VALUE;
    private boolean stopped;
    private boolean left;
    private List<Action> actions = new ArrayList<>();

    /**
     * What a former life kept is this one's to report.
     *
     * @param patience how long what runs may take to finish once the agent drains; null: as long as it takes
     */
    public AgentCore(int slots, @Nullable Duration patience, List<Action.Over> kept) {
        this.slots = slots;
        this.patience = patience;
        this.prefetch = new Prefetch(slots);
        kept.forEach(over -> held.put(over.attempt(), new Held(over)));
    }

    /** All that can happen. */
    public List<Action> hear(Input input, Moment when) {
        switch (input) {
            case Input.Opened() -> opened(when);
            case Input.Welcomed(var lease, var beat) -> welcomed(lease, beat, when);
            case Input.BeatAnswered(var sequence) -> talk.answered(sequence);
            case Input.Granted granted -> granted(granted);
            case Input.Recorded(var attempts) -> attempts.forEach(this::forgetRecorded);
            case Input.CancelAsked(var attempts) -> attempts.forEach(attempt -> cancel(attempt, when));
            case Input.Superseded(var attempts) -> attempts.forEach(this::supersede);
            case Input.Recalled(var attempts) -> attempts.forEach(this::recall);
            case Input.StopAsked(var now) -> stop(now, when);
            case Input.Disconnected() -> talk.disconnect(when.now());
            case Input.Started started -> started(started);
            case Input.Ended ended -> ended(ended, when);
            case Input.OutputStored(var attempt) -> outputStored(attempt);
            case Input.SpoolFilled(var filled) -> scarce = filled;
            case Input.Drain() -> drain(when);
            case Input.EndNow() -> endNow(when);
            case Input.Tick() -> {
            }
        }
        startWaiting(when);
        return take();
    }

    /** What is to be said and done now that no further input is at hand. */
    public List<Action> flush(Moment when) {
        if (left) {
            return List.of();
        }
        if (talk.shouldConnect(when.now()) && !mayLeaveUnheard()) {
            talk.connect();
            actions.add(new Action.Connect());
        }
        if (talk.isSilent(when.now())) {
            talk.giveUp(when.now());
            actions.add(new Action.Disconnect());
        }
        endOverdue(when);
        endImpatiently(when);
        if (talk.shouldBeat(when.now())) {
            beat(false, when);
        }
        if (talk.isWelcomed()) {
            report();
            stateRoom();
        }
        leaveIfDone(when.now());
        return take();
    }

    /** Milliseconds until flush should be called even if nothing is heard. */
    public long millisUntilDue(long now) {
        var due = Math.min(talk.nextDue(now), Math.min(lastCallAt, impatientAt)) - now;
        for (var each : held.values()) {
            due = Math.min(due, each.millisLeft(now));
        }
        return Math.max(0, due);
    }

    /** What this agent answers for. */
    public Set<AttemptId> holds() {
        return Set.copyOf(held.keySet());
    }

    private List<Action> take() {
        var taken = actions;
        actions = new ArrayList<>();
        return taken;
    }

    // ---- the coordinator

    private void opened(Moment when) {
        talk.open();
        beat(true, when);
    }

    private void beat(boolean hello, Moment when) {
        actions.add(new Action.Beat(hello, talk.beat(when.now()), talk.processed(), List.copyOf(held.keySet())));
    }

    /** Whatever was said on an earlier stream may be lost: it is said again. */
    private void welcomed(Duration lease, Duration beat, Moment when) {
        talk.welcome(lease, beat, when.now());
        for (var each : held.values()) {
            switch (each.phase()) {
                case RUNNING -> unsaidStarted.add(each);
                case ENDED -> reportIfStored(each);
                case RETURNED -> unsaidOver.add(each);
                case WAITING -> {
                }
            }
        }
    }

    private void granted(Input.Granted granted) {
        if (!talk.expects(granted.number())) {
            return;
        }
        for (var assignment : granted.assignments()) {
            var each = new Held(assignment);
            held.put(assignment.attempt(), each);
            if (draining) {
                giveBack(each);
            } else {
                waiting.addLast(each);
            }
        }
        talk.granted(granted.number(), granted.more(), granted.assignments().size());
    }

    private void giveBack(Held each) {
        each.giveBack();
        unsaidOver.add(each);
    }

    private void forgetRecorded(AttemptId attempt) {
        var each = held.get(attempt);
        if (each != null && (each.isReportable() || each.is(Phase.RETURNED))) {
            held.remove(attempt);
            unsaidOver.remove(each);
            actions.add(new Action.Forget(attempt));
        }
    }

    private void cancel(AttemptId attempt, Moment when) {
        var each = held.get(attempt);
        if (each == null) {
            return;
        }
        if (each.is(Phase.WAITING)) {
            waiting.remove(each);
            over(each, Run.unseen(when.at(), new Ending.Cancelled("")));
        } else {
            end(each, Cause.CANCELLED);
        }
    }

    private void supersede(AttemptId attempt) {
        var each = held.get(attempt);
        if (each == null) {
            return;
        }
        switch (each.phase()) {
            case WAITING -> {
                waiting.remove(each);
                held.remove(attempt);
            }
            case RUNNING -> end(each, Cause.SUPERSEDED);
            case RETURNED -> {
                held.remove(attempt);
                unsaidOver.remove(each);
            }
            case ENDED -> {
            } // said until it is recorded, as late
        }
    }

    private void recall(AttemptId attempt) {
        var each = held.get(attempt);
        if (each != null && waiting.remove(each)) {
            giveBack(each);
        }
    }

    private void stop(boolean now, Moment when) {
        stopped = true;
        if (now) {
            endNow(when);
        } else {
            drain(when);
        }
    }

    // ---- the processes

    private void startWaiting(Moment when) {
        while (running < slots && !waiting.isEmpty() && talk.leased(when.now())) {
            var next = waiting.removeFirst();
            actions.add(new Action.Start(next.start(when.now())));
            running++;
        }
    }

    private void started(Input.Started started) {
        var each = held.get(started.attempt());
        if (each != null && each.is(Phase.RUNNING)) {
            each.started(started.pid(), started.at());
            unsaidStarted.add(each);
        }
    }

    private void ended(Input.Ended ended, Moment when) {
        var each = held.get(ended.attempt());
        if (each == null || !each.is(Phase.RUNNING)) {
            throw new AssertionError("ended and did not run: " + ended.attempt());
        }
        running--;
        unsaidStarted.remove(each);
        prefetch.ended(each.ranMillis(when.now()));
        if (each.cause() == Cause.SUPERSEDED) {
            held.remove(ended.attempt());
            actions.add(new Action.Forget(ended.attempt()));
        } else if (each.cause() == Cause.GIVEN_BACK) {
            giveBack(each);
            actions.add(new Action.Forget(ended.attempt()));
        } else {
            over(each, ended.run());
        }
    }

    private void over(Held each, Run run) {
        each.end(run);
        actions.add(new Action.Keep(each.over()));
        reportIfStored(each);
    }

    private void outputStored(AttemptId attempt) {
        var each = held.get(attempt);
        if (each != null) {
            each.outputStored();
            reportIfStored(each);
        }
    }

    /** A result is told when all that it speaks of is there. */
    private void reportIfStored(Held each) {
        if (each.isReportable()) {
            unsaidOver.add(each);
        }
    }

    private void endOverdue(Moment when) {
        for (var each : held.values()) {
            if (each.millisLeft(when.now()) <= 0) {
                end(each, Cause.TIMEOUT);
            }
        }
    }

    private void end(Held each, Cause cause) {
        if (each.is(Phase.RUNNING) && each.endBecause(cause)) {
            actions.add(new Action.End(each.attempt()));
        }
    }

    // ---- the machine

    /** Its time counts from when it was first asked for. */
    private void drain(Moment when) {
        if (!draining && patience != null) {
            impatientAt = when.now() + patience.toMillis();
        }
        draining = true;
        waiting.forEach(this::giveBack);
        waiting.clear();
    }

    private void endNow(Moment when) {
        ending = true;
        drain(when);
        impatientAt = Long.MAX_VALUE;
        held.values().forEach(each -> end(each, Cause.GIVEN_BACK));
    }

    private void endImpatiently(Moment when) {
        if (when.now() >= impatientAt) {
            actions.add(new Action.LosePatience());
            endNow(when);
        }
    }

    private void leaveIfDone(long now) {
        if (ending && running == 0 && lastCallAt == Long.MAX_VALUE) {
            lastCallAt = now + LAST_CALL_MILLIS;
        }
        if (draining && held.isEmpty() && talk.isWelcomed()) {
            left = true;
            actions.add(new Action.Goodbye(stopped));
            actions.add(new Action.Leave());
        } else if (draining && (mayLeaveUnheard() || now >= lastCallAt)) {
            left = true;
            actions.add(new Action.Leave());
        }
    }

    /** There is nobody to say goodbye to; what has ended and cannot be told is waited with, unless the end is to be now. */
    private boolean mayLeaveUnheard() {
        return draining && !talk.isOpen() && running == 0
                && (ending || held.values().stream().allMatch(each -> each.is(Phase.RETURNED)));
    }

    // ---- what is said

    private void report() {
        while (!unsaidStarted.isEmpty() || !unsaidOver.isEmpty()) {
            var started = unsaidStarted.stream().map(Held::running).filter(Objects::nonNull).toList();
            unsaidStarted.clear();
            var ended = new ArrayList<Action.Over>();
            var returned = new ArrayList<AttemptId>();
            var over = unsaidOver.iterator();
            while (over.hasNext() && ended.size() < ENDED_A_REPORT) {
                var each = over.next();
                over.remove();
                if (each.is(Phase.ENDED)) {
                    ended.add(each.over());
                } else {
                    returned.add(each.attempt());
                }
            }
            actions.add(new Action.Report(started, ended, returned));
        }
    }

    private void stateRoom() {
        var taken = running + waiting.size();
        var closed = draining || scarce;
        var free = closed ? 0 : Math.max(0, slots - taken);
        var ahead = closed ? 0 : Math.max(0, slots + prefetch.tasks() - taken) - free;
        if (talk.state(free, ahead)) {
            actions.add(new Action.Pull(talk.processed(), free, ahead));
        }
    }
}
