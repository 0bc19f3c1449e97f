package dev.ganger.coordinator.core;

import java.util.BitSet;

/** The tasks of a job that no agent has and that are not final: bits over their ordinals. */
final class Backlog {
    private final BitSet ready = new BitSet();
    private int readyCount;

    /** All of so many tasks. */
    Backlog(int tasks) {
        ready.set(0, tasks);
        readyCount = tasks;
    }

    // ---- reading

    /** How many may start. */
    int ready() {
        return readyCount;
    }

    /** The first that may start from an ordinal on, or -1. */
    int nextReady(int from) {
        return ready.nextSetBit(from);
    }

    // ---- changing, by events only

    void add(int ordinal) {
        ready.set(ordinal);
        readyCount++;
    }

    void remove(int ordinal) {
        if (!ready.get(ordinal)) {
            throw new AssertionError("not queued: the task with ordinal " + ordinal);
        }
        ready.clear(ordinal);
        readyCount--;
    }
}
