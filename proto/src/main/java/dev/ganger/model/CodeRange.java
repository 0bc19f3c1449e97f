package dev.ganger.model;

/** Exit codes from first to last. */
public record CodeRange(int first, int last) {
    public CodeRange {
        if (first < 1 || last < first || last > 255) {
            throw new IllegalArgumentException("exit codes of a failure are from 1 to 255, not %d-%d".formatted(first, last));
        }
    }

    public boolean contains(int code) {
        return code >= first && code <= last;
    }

    /** As on the command line. */
    @Override
    public String toString() {
        return first == last ? Integer.toString(first) : first + "-" + last;
    }
}
