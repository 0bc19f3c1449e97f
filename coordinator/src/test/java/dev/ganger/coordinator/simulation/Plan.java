package dev.ganger.coordinator.simulation;

import dev.ganger.coordinator.core.Settings;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a seed draws before its history begins: how large things are, and which faults exist. */
final class Plan {
    /** What can go wrong, or be asked for, in a history. */
    enum Fault {
        CUTS, CUT_OFFS, LATE_OLD_STREAMS, SLOW_NETWORK, DUPLICATES, COORDINATOR_CRASHES, CRASHES_IN_APPEND, SNAPSHOTS, AGENT_CRASHES, ORPHANS, AGENTS_GONE, FREEZES, DRAINS, REINSTALLS, LOST_REPLIES, ABANDONED_DRAFTS, IMPATIENT_CLIENTS, CANCELS, STOPS, CLOSING, FAILURES, STUBBORN_TASKS, ENDLESS_TASKS, LONG_TASKS, LARGE_OUTPUT, MACHINE_POWER_CUTS, FULL_SPOOLS, FORGETTING, SHORT_RETENTION, HOLDS, RETRYING, BACKOFFS, FAILURE_BOUNDS, BOUND_JOBS, EACH_AGENT_JOBS, MAX_RUNNING, AGENT_DRAINS, AGENT_STOPS, AGENTS_SAID_GONE, REMOVALS, SKIPPING, MISSING_PROGRAMS, BAD_MACHINES, POISON, ONE_WAY_CUTS, HALF_OPEN, LOSSY_LINKS, STALLS, LONG_STALLS, CLOCK_JUMPS, FULL_DISKS
    }

    /** Those from here on are drawn by themselves, so that the others of a seed stay as they were. */
    private static final Fault FIRST_OF_THE_LATER = Fault.MISSING_PROGRAMS;
    private static final List<Double> SHARES = List.of(0.15, 0.4, 0.7);

    final Set<Fault> faults;
    final int agents;
    final int clients;
    final int submitsAClient;
    final int tasksAJob;
    final int priorities;
    final long leaseMillis;
    final long queueLimit;
    final long taskMillis;
    final long delayMillis;
    /** Until here things go wrong. */
    final long faultsEndAt;
    /** Between two faults, in the mean. */
    final long faultEveryMillis;
    /** Ten seconds of a lease of a minute. */
    final long stallMillis;
    final boolean encodes;
    final Duration retain;

    /** With faults that the seed draws. */
    Plan(Chance chance, Chance later) {
        this(chance, draw(chance, later), 0);
    }

    private static Set<Fault> draw(Chance chance, Chance later) {
        var faults = EnumSet.noneOf(Fault.class);
        var share = chance.oneOf(SHARES);
        var shareOfTheLater = later.oneOf(SHARES);
        for (var fault : Fault.values()) {
            var isLater = fault.compareTo(FIRST_OF_THE_LATER) >= 0;
            if (isLater ? later.is(shareOfTheLater) : chance.is(share)) {
                faults.add(fault);
            }
        }
        return faults;
    }

    /** With these faults, and a lease of that length; 0: a short one, so that much happens in a few steps. */
    Plan(Chance chance, Set<Fault> faults, long lease) {
        this.faults = faults;
        agents = chance.from(1, 5);
        clients = chance.from(1, 4);
        submitsAClient = chance.from(1, 4);
        tasksAJob = chance.from(1, 40);
        priorities = chance.from(1, 3);
        leaseMillis = lease > 0 ? lease : chance.from(10, 60) * 60L;
        queueLimit = chance.is(0.5) ? 10_000 : Math.max(tasksAJob, chance.from(1, 60));
        taskMillis = chance.is(0.4) ? chance.from(1L, 10L) : chance.from(10L, leaseMillis / 2);
        delayMillis = has(Fault.SLOW_NETWORK) ? leaseMillis / 8 : chance.from(1L, 10L);
        faultsEndAt = leaseMillis * chance.from(4, 14);
        faultEveryMillis = leaseMillis / chance.from(1, 6);
        stallMillis = leaseMillis / 6;
        encodes = chance.is(0.1);
        retain = has(Fault.SHORT_RETENTION) ? Duration.ofMillis(leaseMillis * chance.from(1, 6)) : Duration.ofDays(30);
    }

    boolean has(Fault fault) {
        return faults.contains(fault);
    }

    Settings settings() {
        return new Settings(queueLimit, 1 << 20, Duration.ofMillis(leaseMillis), retain);
    }

    @Override
    public String toString() {
        return "%d agents, %d clients of %d submits of up to %d tasks in %d priorities, queue of %d, lease %d ms, tasks of %d ms, network %d ms, a fault every %d ms until %d ms: %s"
                .formatted(agents, clients, submitsAClient, tasksAJob, priorities, queueLimit, leaseMillis, taskMillis,
                        delayMillis, faultEveryMillis, faultsEndAt, faults);
    }
}
