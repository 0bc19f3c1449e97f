package dev.ganger.coordinator.core;

import dev.ganger.model.TaskState;
import java.util.BitSet;

/** The tasks of a job that no agent has and that are not final: ready to start, waiting for their time, or held; bits over their ordinals. */
final class Backlog {
    private final BitSet all = new BitSet();
    private final BitSet ready = new BitSet();
    private final BitSet waiting = new BitSet();
    /** Those that should avoid some agents. */
    private final BitSet choosy = new BitSet();
    private final Detour detour;
    private final Holds holds = new Holds();
    private int readyCount;
    private int choosyCount;
    private int waitingCount;
    private int heldCount;

    /** Hears of each task that should avoid some agents and may start from now on, or may not any more. */
    @FunctionalInterface
    interface Detour {
        void changed(int ordinal, boolean ready);
    }

    /** So many tasks, all of them ready. */
    Backlog(int tasks, Detour detour) {
        this.detour = detour;
        all.set(0, tasks);
        ready.set(0, tasks);
        readyCount = tasks;
    }

    // ---- reading

    int size() {
        return readyCount + waitingCount + heldCount;
    }

    /** How many may start. */
    int ready() {
        return readyCount;
    }

    /** How many may start on any agent that the job is for. */
    int readyAnywhere() {
        return readyCount - choosyCount;
    }

    /** How many wait for their time and are not held. */
    int waiting() {
        return waitingCount;
    }

    int held() {
        return heldCount;
    }

    /** The first that may start from an ordinal on, or -1. */
    int nextReady(int from) {
        return ready.nextSetBit(from);
    }

    /** The first that may start on any agent that the job is for, from an ordinal on, or -1. */
    int nextReadyAnywhere(int from) {
        var next = ready.nextSetBit(from);
        while (next >= 0 && choosyCount > 0 && choosy.get(next)) {
            next = ready.nextSetBit(next + 1);
        }
        return next;
    }

    /** The first held or waiting one from an ordinal on, or -1. */
    int nextHeldBack(int from) {
        var next = all.nextSetBit(from);
        while (next >= 0 && ready.get(next)) {
            next = all.nextSetBit(ready.nextClearBit(next));
        }
        return next;
    }

    /** All of them. */
    BitSet tasks() {
        return (BitSet) all.clone();
    }

    boolean waits(int ordinal) {
        return waiting.get(ordinal);
    }

    /** Who is held, also of tasks that an agent has. */
    Holds holds() {
        return holds;
    }

    TaskState stateOf(int ordinal) {
        return holds.has(ordinal) ? TaskState.HELD : waiting.get(ordinal) ? TaskState.WAITING : TaskState.QUEUED;
    }

    // ---- changing, by events only

    void add(int ordinal) {
        all.set(ordinal);
        count(ordinal, 1);
    }

    void remove(int ordinal) {
        if (!all.get(ordinal)) {
            throw new AssertionError("not queued: the task with ordinal " + ordinal);
        }
        count(ordinal, -1);
        all.clear(ordinal);
    }

    void hold(int ordinal, String reason) {
        count(ordinal, -1);
        holds.add(ordinal, reason);
        count(ordinal, 1);
    }

    void letGo(int ordinal) {
        count(ordinal, -1);
        holds.remove(ordinal);
        count(ordinal, 1);
    }

    /** The agents that a task should avoid have changed; whether there are any. */
    void choose(int ordinal, boolean isChoosy) {
        count(ordinal, -1);
        choosy.set(ordinal, isChoosy);
        count(ordinal, 1);
    }

    void beginToWait(int ordinal) {
        count(ordinal, -1);
        waiting.set(ordinal);
        count(ordinal, 1);
    }

    void endWaiting(int ordinal) {
        count(ordinal, -1);
        waiting.clear(ordinal);
        count(ordinal, 1);
    }

    private void count(int ordinal, int change) {
        if (!all.get(ordinal)) {
            return;
        }
        switch (stateOf(ordinal)) {
            case HELD -> heldCount += change;
            case WAITING -> waitingCount += change;
            default -> {
                readyCount += change;
                ready.set(ordinal, change > 0);
                if (choosy.get(ordinal)) {
                    choosyCount += change;
                    detour.changed(ordinal, change > 0);
                }
            }
        }
    }
}
