package dev.ganger.model;

/** first, first + step, … up to last. */
public record IndexRange(long first, long last, long step) {
    public IndexRange {
        if (first < 0 || last < first || step < 1 || last > Limits.INDEX) {
            throw new IllegalArgumentException(
                    "a range of indices goes from 0 or more up to at most %d by steps of 1 or more, not %d-%d:%d"
                            .formatted(Limits.INDEX, first, last, step));
        }
        last -= (last - first) % step;
    }

    public static IndexRange single(long index) {
        return new IndexRange(index, index, 1);
    }

    public long count() {
        return (last - first) / step + 1;
    }

    public boolean contains(long index) {
        return index >= first && index <= last && (index - first) % step == 0;
    }

    /** As on the command line: {@code 7}, {@code 1-9} or {@code 1-9:2}. */
    @Override
    public String toString() {
        if (first == last) {
            return Long.toString(first);
        }
        return step == 1 ? first + "-" + last : first + "-" + last + ":" + step;
    }
}
