package dev.ganger.coordinator.core;

import dev.ganger.model.Limits;
import java.time.Duration;

/**
 * The bounds a coordinator was started with.
 *
 * @param queueLimit tasks that are not final, at most
 * @param queueBytes bytes of entries of jobs that are not finished, at most
 * @param lease      how long attempts stay with an agent that is silent
 * @param retain     how long a job is kept after it has finished
 */
public record Settings(long queueLimit, long queueBytes, Duration lease, Duration retain) {
    /** With a shorter one beats would come faster than they can be answered. */
    public static final Duration LEAST_LEASE = Duration.ofMillis(60);
    public static final Settings DEFAULT = new Settings(10_000_000, 4L << 30, Limits.DEFAULT_LEASE, Duration.ofDays(30));
    /** The key of a job is taken for so long after the job was forgotten. */
    static final Duration KEY_PATIENCE = Duration.ofDays(30);
    /** A draft that nobody touches for so long is dropped. */
    static final Duration DRAFT_PATIENCE = Duration.ofMinutes(5);
    /** Drafts that are open at once, at most. */
    static final int DRAFTS = 10_000;
    /** Installations of agents that are drained or to be stopped at once, at most; more are refused. */
    static final int RESTRAINED_AGENTS = 10_000;
    /** Removed installations that are known at once, at most; beyond, the one that was removed first may come back. */
    static final int REMOVED_AGENTS = 10_000;

    /** A task goes to another agent without using a retry so often in a round, at most. */
    static final int MOVES = 16;
    /** Tasks that should avoid some agents and may start, at most; beyond, a start that fails is a failure like any other. */
    static final int DETOURS = 10_000;
    /** When so many tasks of a job wait because an agent could not start them, it gets no others of that job. */
    static final int DETOURS_A_JOB = 16;
    /** What failed on one agent and is not final is kept in mind, at most so many tasks. */
    static final int FAILED_HERE = 1_000;
    /** Installations against which something speaks, at most; beyond, that of the first one is forgotten. */
    static final int DOUBTED_AGENTS = 10_000;
    /** An agent is quarantined when so many tasks failed there and succeeded elsewhere, and none succeeded there. */
    static final int QUARANTINE_AFTER = 3;
    /** The longest time between two tries of a quarantined agent, in leases; the first is one. */
    static final int QUARANTINE_LEASES = 60;

    /** Tokens that are known at once, at most; those that are over make room. */
    static final int TOKENS = 10_000;
    /** How many may join with one token, at most. */
    static final int TOKEN_USES = 10_000;
    /** A token that is over is forgotten after so long. */
    static final Duration TOKEN_PATIENCE = Duration.ofDays(30);
    /** Installations of agents that have joined, at most. */
    static final int AGENT_IDENTITIES = 10_000;
    /** Logins of users, at most. */
    static final int LOGINS = 10_000;

    public Settings {
        if (retain.isNegative()) {
            throw new IllegalArgumentException("jobs cannot be kept for less than no time: " + retain);
        }
        if (queueLimit < 1 || queueBytes < 1 || lease.compareTo(LEAST_LEASE) < 0) {
            throw new IllegalArgumentException(
                    "the queue limit is %d tasks and %d bytes, the lease %s: each must be larger"
                            .formatted(queueLimit, queueBytes, lease));
        }
    }

    public Duration beat() {
        return lease.dividedBy(Limits.BEATS_PER_LEASE);
    }

    /** How long a quarantined agent gets nothing before its next try. */
    Duration quarantine(int times) {
        return lease.multipliedBy(Math.min(QUARANTINE_LEASES, 1L << Math.min(times - 1, QUARANTINE_LEASES)));
    }

    /** A task that failed on an agent waits for others for so long. */
    long detourMillis() {
        return lease.toMillis();
    }

    long leaseMillis() {
        return lease.toMillis();
    }

    long unknownAfterMillis() {
        return beat().multipliedBy(Limits.BEATS_UNTIL_UNKNOWN).toMillis();
    }
}
