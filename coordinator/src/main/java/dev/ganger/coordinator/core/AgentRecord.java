package dev.ganger.coordinator.core;

import dev.ganger.model.AgentId;
import dev.ganger.model.AttemptId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** An agent as the coordinator knows it: who it is, what it holds, what room it stated. */
final class AgentRecord {
    private AgentId id;
    private int slots;
    private long pid;
    private String version;
    private SortedMap<String, String> labels;
    /** The stream it talks on; 0: none. */
    private long session;
    /** When it was last heard of; for one known from disk only, when this coordinator took the lead. */
    private long lastSeen;
    /** Of its newest beat. */
    private long sequence;
    private Instant lastSeenAt;
    private Instant joinedAt;
    private final Map<AttemptId, Lease> held = new LinkedHashMap<>();
    /** The number of the last grant in its stream. */
    private long granted;
    /** Grants it has not counted in yet when it last stated its room. */
    private final Deque<Sent> unprocessed = new ArrayDeque<>();
    private int free;
    private int ahead;

    private record Sent(long number, int tasks) {}

    AgentRecord(Event.AgentJoined joined) {
        this.id = joined.agent();
        this.version = joined.version();
        this.labels = joined.labels();
        this.slots = joined.slots();
        this.pid = joined.pid();
        this.lastSeenAt = joined.at();
        this.joinedAt = joined.at();
    }

    // ---- reading

    AgentId id() {
        return id;
    }

    int slots() {
        return slots;
    }

    long pid() {
        return pid;
    }

    String version() {
        return version;
    }

    SortedMap<String, String> labels() {
        return labels;
    }

    long session() {
        return session;
    }

    boolean attached() {
        return session != 0;
    }

    long silentFor(long now) {
        return now - lastSeen;
    }

    /** Whether a beat was said before the newest one that was heard. */
    boolean isOld(long beat) {
        return beat <= sequence;
    }

    Instant lastSeenAt() {
        return lastSeenAt;
    }

    Instant joinedAt() {
        return joinedAt;
    }

    Map<AttemptId, Lease> held() {
        return held;
    }

    long nextGrant() {
        return granted + 1;
    }

    int free() {
        return free;
    }

    int ahead() {
        return ahead;
    }

    @Nullable
    Lease lease(AttemptId attempt) {
        return held.get(attempt);
    }

    int busy() {
        return (int) held.values().stream().filter(Lease::isRunning).count();
    }

    // ---- changing, by events only

    /** Another life of the same installation; what the former one held is kept until it is said to be lost. */
    void joinAgain(Event.AgentJoined joined) {
        id = joined.agent();
        version = joined.version();
        labels = joined.labels();
        slots = joined.slots();
        pid = joined.pid();
        lastSeenAt = joined.at();
        joinedAt = joined.at();
        sequence = 0;
    }

    void attach(long newSession) {
        session = newSession;
        granted = 0;
        unprocessed.clear();
        free = 0;
        ahead = 0;
        held.values().forEach(Lease::outliveStream);
    }

    void detach() {
        session = 0;
        free = 0;
        ahead = 0;
    }

    void seen(long beat, long now, Instant at) {
        sequence = beat;
        lastSeen = now;
        lastSeenAt = at;
    }

    void stateRoom(long processed, int statedFree, int statedAhead) {
        while (!unprocessed.isEmpty() && unprocessed.getFirst().number() <= processed) {
            unprocessed.removeFirst();
        }
        free = statedFree;
        ahead = statedAhead;
        unprocessed.forEach(sent -> useRoom(sent.tasks()));
    }

    void grant(long number, int tasks) {
        granted = number;
        if (attached()) {
            unprocessed.addLast(new Sent(number, tasks));
        }
        useRoom(tasks);
    }

    private void useRoom(int tasks) {
        var starting = Math.min(free, tasks);
        free -= starting;
        ahead = Math.max(0, ahead - (tasks - starting));
    }

    void hold(Lease lease) {
        held.put(lease.attempt, lease);
    }

    void drop(Lease lease) {
        held.remove(lease.attempt);
    }
}
