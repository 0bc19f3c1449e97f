package dev.ganger.coordinator.verify;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What was found in a data folder.
 *
 * @param faults     what is wrong, the first ones
 * @param faultCount how many there are
 * @param notes      what is worth knowing and no fault
 */
public record Verdict(Path folder, List<String> faults, long faultCount, List<String> notes, Counts counts, Duration took) {
    public Verdict {
        faults = List.copyOf(faults);
        notes = List.copyOf(notes);
    }

    public boolean isClean() {
        return faultCount == 0;
    }

    /**
     * What was looked at.
     *
     * @param attempts    that results tell of
     * @param outputBytes that were read and digested
     */
    public record Counts(long jobs, long tasks, long unfinished, long results, long attempts, Extra extra, long outputBytes) {}

    /**
     * Attempts beyond the first of a round, by what was recorded of them, and rounds beyond the first of a task.
     *
     * @param unrecorded given back when versions of old did not record it
     */
    public record Extra(long lost, long retried, long returned, long rounds, long unrecorded) {}
}
