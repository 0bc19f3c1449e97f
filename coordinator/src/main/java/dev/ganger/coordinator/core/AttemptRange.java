package dev.ganger.coordinator.core;

import java.util.ArrayList;
import java.util.List;

/** The numbers from first to last of attempts of one task that were given back or taken back before they did anything. */
public record AttemptRange(int first, int last) {
    public AttemptRange {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException("attempts are numbered from 1 on, not from %d to %d".formatted(first, last));
        }
    }

    public boolean contains(int attempt) {
        return attempt >= first && attempt <= last;
    }

    /** Ranges that grow at the end, with one more number. */
    static List<AttemptRange> with(List<AttemptRange> ranges, int attempt) {
        var grown = new ArrayList<>(ranges);
        if (!grown.isEmpty() && grown.getLast().last + 1 == attempt) {
            grown.add(new AttemptRange(grown.removeLast().first, attempt));
        } else {
            grown.add(new AttemptRange(attempt, attempt));
        }
        return List.copyOf(grown);
    }
}
