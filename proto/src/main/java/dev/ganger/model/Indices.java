package dev.ganger.model;

import java.util.List;
import java.util.stream.Collectors;

/** The numbers of a job's tasks: ranges in order. A task's place among them, from 0, is its ordinal. */
public final class Indices {
    private final List<IndexRange> ranges;
    private final int count;

    public Indices(List<IndexRange> ranges) {
        this.ranges = List.copyOf(ranges);
        if (ranges.isEmpty() || ranges.size() > Limits.RANGES) {
            throw new IllegalArgumentException("indices are 1 to %d ranges, not %d".formatted(Limits.RANGES, ranges.size()));
        }
        var sum = 0L;
        var before = -1L;
        for (var range : ranges) {
            if (range.first() <= before) {
                throw new IllegalArgumentException("indices must be in order and not overlap: " + range + " after " + before);
            }
            before = range.last();
            sum += range.count();
        }
        if (sum > Limits.TASKS) {
            throw new IllegalArgumentException("a job has at most %d tasks, not %d".formatted(Limits.TASKS, sum));
        }
        this.count = (int) sum;
    }

    /** first to last. */
    public static Indices of(long first, long last) {
        return new Indices(List.of(new IndexRange(first, last, 1)));
    }

    public List<IndexRange> ranges() {
        return ranges;
    }

    public int count() {
        return count;
    }

    /** The index of the task with an ordinal from 0 to count - 1. */
    public long indexAt(int ordinal) {
        long left = ordinal;
        for (var range : ranges) {
            if (left < range.count()) {
                return range.first() + left * range.step();
            }
            left -= range.count();
        }
        throw new IndexOutOfBoundsException("ordinal " + ordinal + " of " + count);
    }

    /** The ordinal of an index, or -1 if it is none of these. */
    public int ordinalOf(long index) {
        var before = 0L;
        for (var range : ranges) {
            if (range.contains(index)) {
                return (int) (before + (index - range.first()) / range.step());
            }
            before += range.count();
        }
        return -1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Indices that && ranges.equals(that.ranges);
    }

    @Override
    public int hashCode() {
        return ranges.hashCode();
    }

    @Override
    public String toString() {
        return ranges.stream().map(IndexRange::toString).collect(Collectors.joining(","));
    }
}
