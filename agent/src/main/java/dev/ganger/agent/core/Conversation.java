package dev.ganger.agent.core;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Where the talk with the coordinator stands: stream, beats, lease, grants, and when to try again. */
final class Conversation {
    private static final long FIRST_RETRY_MILLIS = 100;
    private static final long LAST_RETRY_MILLIS = 5_000;
    /** How long a new stream may take until the coordinator has said something. */
    private static final long WELCOME_MILLIS = 10_000;

    private boolean connecting;
    private boolean open;
    private boolean welcomed;
    private long welcomedAt;
    private long retryAt;
    private long retryMillis = FIRST_RETRY_MILLIS;
    private Duration lease = Duration.ZERO;
    private long beatMillis = Long.MAX_VALUE;
    private long lastBeatAt;
    /** Goes on from stream to stream, so that the coordinator knows which one is the newer. */
    private long sequence;
    /** When the newest answered beat was sent: the lease counts from there. */
    private long leasedFrom = Long.MIN_VALUE / 2;
    private final Deque<Sent> unanswered = new ArrayDeque<>();
    private long processed;
    private int statedFree;
    private int statedAhead;
    private boolean stated;

    private record Sent(long sequence, long at) {}

    boolean shouldConnect(long now) {
        return !open && !connecting && now >= retryAt;
    }

    void connect() {
        connecting = true;
    }

    void open() {
        connecting = false;
        open = true;
        welcomed = false;
        processed = 0;
        unanswered.clear();
        stated = false;
        beatMillis = Long.MAX_VALUE;
    }

    void welcome(Duration newLease, Duration beat, long now) {
        welcomed = true;
        welcomedAt = now;
        lease = newLease;
        beatMillis = beat.toMillis();
        retryMillis = FIRST_RETRY_MILLIS;
    }

    void disconnect(long now) {
        open = false;
        connecting = false;
        welcomed = false;
        retryAt = now + retryMillis;
        retryMillis = Math.min(LAST_RETRY_MILLIS, retryMillis * 2);
    }

    /** Whether a beat has been without an answer for so long that the stream must be dead. */
    boolean isSilent(long now) {
        return open && now > silentAt();
    }

    /** A stream may take longer to open than a lease allows for silence: whoever has just said welcome is not silent. */
    private long silentAt() {
        if (unanswered.isEmpty()) {
            return Long.MAX_VALUE;
        }
        var sentAt = unanswered.getFirst().at();
        return (welcomed ? Math.max(sentAt, welcomedAt) : sentAt) + patience();
    }

    private long patience() {
        return welcomed ? Math.max(1, lease.toMillis() / 2) : WELCOME_MILLIS;
    }

    void giveUp(long now) {
        unanswered.clear();
        lastBeatAt = now;
    }

    boolean isOpen() {
        return open;
    }

    /** Whether the coordinator knows of this stream, so that reports and room make sense. */
    boolean isWelcomed() {
        return welcomed;
    }

    boolean shouldBeat(long now) {
        return open && welcomed && now - lastBeatAt >= beatMillis;
    }

    long beat(long now) {
        lastBeatAt = now;
        unanswered.addLast(new Sent(++sequence, now));
        return sequence;
    }

    void answered(long answer) {
        while (!unanswered.isEmpty() && unanswered.getFirst().sequence() <= answer) {
            leasedFrom = unanswered.removeFirst().at();
        }
    }

    /** Whether the coordinator surely still counts what this agent holds as its own. */
    boolean leased(long now) {
        return now - leasedFrom < lease.toMillis();
    }

    long processed() {
        return processed;
    }

    /** Whether a grant, or a further part of it, is the next one. */
    boolean expects(long number) {
        return welcomed && number == processed + 1;
    }

    /** Takes granted tasks off the stated room, as the coordinator does. */
    void granted(long number, boolean more, int tasks) {
        var starting = Math.min(statedFree, tasks);
        statedFree -= starting;
        statedAhead = Math.max(0, statedAhead - (tasks - starting));
        if (!more) {
            processed = number;
        }
    }

    /** True if the coordinator must be told. */
    boolean state(int free, int ahead) {
        if (stated && free == statedFree && ahead == statedAhead) {
            return false;
        }
        stated = true;
        statedFree = free;
        statedAhead = ahead;
        return true;
    }

    /** When something is due without anybody saying anything. */
    long nextDue(long now) {
        if (!open) {
            return connecting ? Long.MAX_VALUE : retryAt;
        }
        var due = silentAt() == Long.MAX_VALUE ? Long.MAX_VALUE : silentAt() + 1;
        return welcomed ? Math.min(due, lastBeatAt + beatMillis) : due;
    }
}
