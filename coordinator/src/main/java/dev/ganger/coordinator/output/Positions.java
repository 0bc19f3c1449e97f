package dev.ganger.coordinator.output;

import java.util.Arrays;

/** Where the last frames of a chain are, as far back as was walked: sorted, and growing at both ends. */
final class Positions {
    private long[] offsets = new long[16];
    private int[] positions = new int[16];
    private int[] lengths = new int[16];
    private int from = 8;
    private int to = 8;

    int size() {
        return to - from;
    }

    /** In front of all others. */
    void addFirst(Frame frame, int position) {
        if (from == 0) {
            grow();
        }
        set(--from, frame, position);
    }

    /** Behind all others. */
    void addLast(Frame frame, int position) {
        if (to == offsets.length) {
            grow();
        }
        set(to++, frame, position);
    }

    private void set(int at, Frame frame, int position) {
        offsets[at] = frame.offset();
        positions[at] = position;
        lengths[at] = frame.length();
    }

    private void grow() {
        var size = size();
        var larger = Math.max(16, 2 * size + 2);
        var begin = (larger - size) / 2;
        offsets = moved(offsets, new long[larger], begin, size);
        positions = moved(positions, new int[larger], begin, size);
        lengths = moved(lengths, new int[larger], begin, size);
        from = begin;
        to = begin + size;
    }

    @SuppressWarnings("SuspiciousSystemArraycopy")
    private <A> A moved(A old, A larger, int begin, int size) {
        System.arraycopy(old, from, larger, begin, size);
        return larger;
    }

    /** The number of the frame that holds an offset, or else of the next one; size if there is none. */
    int find(long offset) {
        var found = Arrays.binarySearch(offsets, from, to, offset);
        if (found >= 0) {
            return found - from;
        }
        var before = -found - 2;
        return before >= from && offsets[before] + lengths[before] > offset ? before - from : before + 1 - from;
    }

    long offset(int number) {
        return offsets[from + number];
    }

    int position(int number) {
        return positions[from + number];
    }

    int length(int number) {
        return lengths[from + number];
    }
}
