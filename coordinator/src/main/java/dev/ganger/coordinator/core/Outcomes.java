package dev.ganger.coordinator.core;

import dev.ganger.model.TaskState;
import java.util.BitSet;
import java.util.List;
import java.util.stream.LongStream;

/** Which tasks of a job are final, and how they ended: bits over their ordinals. */
final class Outcomes {
    private final BitSet finished = new BitSet();
    private final BitSet failed = new BitSet();
    private final BitSet cancelled = new BitSet();
    private int finishedCount;
    private int failedCount;
    private int cancelledCount;

    // ---- reading

    boolean has(int ordinal) {
        return finished.get(ordinal);
    }

    /** Of a task that is final. */
    TaskState of(int ordinal) {
        return failed.get(ordinal) ? TaskState.FAILED : cancelled.get(ordinal) ? TaskState.CANCELLED : TaskState.SUCCEEDED;
    }

    /** The first final task from an ordinal on, or -1. */
    int next(int from) {
        return finished.nextSetBit(from);
    }

    /** The first that failed, or was cancelled, from an ordinal on, or -1. */
    int next(TaskState as, int from) {
        return (as == TaskState.FAILED ? failed : cancelled).nextSetBit(from);
    }

    int count() {
        return finishedCount;
    }

    int failed() {
        return failedCount;
    }

    int cancelled() {
        return cancelledCount;
    }

    int succeeded() {
        return finishedCount - failedCount - cancelledCount;
    }

    // ---- changing, by events only

    void add(int ordinal, TaskState state) {
        if (finished.get(ordinal)) {
            throw new AssertionError("final twice: the task with ordinal " + ordinal);
        }
        finished.set(ordinal);
        finishedCount++;
        if (state == TaskState.FAILED) {
            failed.set(ordinal);
            failedCount++;
        } else if (state == TaskState.CANCELLED) {
            cancelled.set(ordinal);
            cancelledCount++;
        }
    }

    void remove(int ordinal) {
        if (!finished.get(ordinal)) {
            throw new AssertionError("not final: the task with ordinal " + ordinal);
        }
        finished.clear(ordinal);
        finishedCount--;
        failedCount -= failed.get(ordinal) ? 1 : 0;
        cancelledCount -= cancelled.get(ordinal) ? 1 : 0;
        failed.clear(ordinal);
        cancelled.clear(ordinal);
    }

    // ---- snapshots

    List<Long> finishedWords() {
        return words(finished);
    }

    List<Long> failedWords() {
        return words(failed);
    }

    List<Long> cancelledWords() {
        return words(cancelled);
    }

    void restore(Event.JobRestored saved) {
        finished.or(bits(saved.finished()));
        failed.or(bits(saved.failed()));
        cancelled.or(bits(saved.cancelled()));
        finishedCount = finished.cardinality();
        failedCount = failed.cardinality();
        cancelledCount = cancelled.cardinality();
    }

    static List<Long> words(BitSet bits) {
        return LongStream.of(bits.toLongArray()).boxed().toList();
    }

    static BitSet bits(List<Long> words) {
        return BitSet.valueOf(words.stream().mapToLong(Long::longValue).toArray());
    }
}
