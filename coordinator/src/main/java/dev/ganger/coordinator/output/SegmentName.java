package dev.ganger.coordinator.output;

import java.util.Comparator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a segment's file: {@code segment-0000000007}, or of what was copied together {@code segment-0000000007.1-0000000009}.
 * Numbers are the order in which frames were written first.
 *
 * @param generation how often it was copied; of two files for a number the one with the larger generation counts
 * @param last       the last number of the segments that it was made of; mostly its own number
 */
record SegmentName(long number, int generation, long last) implements Comparable<SegmentName> {
    private static final Pattern PATTERN = Pattern.compile("segment-(\\d{10,18})(?:\\.(\\d{1,9})-(\\d{10,18}))?");
    private static final Comparator<SegmentName> ORDER = Comparator.comparingLong(SegmentName::number)
            .thenComparingInt(SegmentName::generation);

    static SegmentName plain(long number) {
        return new SegmentName(number, 0, number);
    }

    static @Nullable SegmentName parse(String file) {
        var matcher = PATTERN.matcher(file);
        if (!matcher.matches()) {
            return null;
        }
        var number = Long.parseLong(matcher.group(1));
        return matcher.group(2) == null
                ? plain(number)
                : new SegmentName(number, Integer.parseInt(matcher.group(2)), Long.parseLong(matcher.group(3)));
    }

    String file() {
        return generation == 0 ? "segment-%010d".formatted(number) : "segment-%010d.%d-%010d".formatted(number, generation, last);
    }

    /** Whether all that lives in another one was copied to this one. */
    boolean replaces(SegmentName other) {
        return number <= other.number && other.number <= last && generation > other.generation;
    }

    @Override
    public int compareTo(SegmentName other) {
        return ORDER.compare(this, other);
    }
}
