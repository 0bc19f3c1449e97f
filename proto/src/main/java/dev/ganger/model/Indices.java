package dev.ganger.model;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The numbers of a job's tasks: ranges in order. A task's place among them, from 0, is its ordinal. */
public final class Indices {
    private final List<IndexRange> ranges;
    private final int count;
    /** The ordinal at which each range begins. */
    private final int[] starts;

    public Indices(List<IndexRange> ranges) {
        this.ranges = List.copyOf(ranges);
        if (ranges.isEmpty() || ranges.size() > Limits.RANGES) {
            throw new IllegalArgumentException("indices are 1 to %d ranges, not %d".formatted(Limits.RANGES, ranges.size()));
        }
        this.starts = new int[ranges.size()];
        var sum = 0L;
        var before = -1L;
        for (var each = 0; each < starts.length; each++) {
            var range = ranges.get(each);
            starts[each] = (int) sum;
            if (range.first() <= before) {
                throw new IllegalArgumentException("indices must be in order and not overlap: " + range + " after " + before);
            }
            before = range.last();
            sum += range.count();
            if (sum > Limits.TASKS) {
                throw new IllegalArgumentException("a job has at most %d tasks, these ranges have more".formatted(Limits.TASKS));
            }
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
        var range = rangeAt(ordinal);
        return range.first() + (ordinal - starts[placeOf(ordinal)]) * range.step();
    }

    /** The range that the task with an ordinal belongs to. */
    public IndexRange rangeAt(int ordinal) {
        if (ordinal < 0 || ordinal >= count) {
            throw new IndexOutOfBoundsException("ordinal " + ordinal + " of " + count);
        }
        return ranges.get(placeOf(ordinal));
    }

    private int placeOf(int ordinal) {
        var found = Arrays.binarySearch(starts, ordinal);
        return found >= 0 ? found : -found - 2;
    }

    /** The ordinal of an index, or -1 if it is none of these. */
    public int ordinalOf(long index) {
        var low = 0;
        var high = ranges.size() - 1;
        while (low < high) {
            var middle = (low + high + 1) >>> 1;
            if (ranges.get(middle).first() <= index) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        var range = ranges.get(low);
        return range.contains(index) ? (int) (starts[low] + (index - range.first()) / range.step()) : -1;
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
