package dev.ganger.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;

/** What was done to the system and what came of it: a row for each fault in a file of its own, as docs/promises.md has them. */
final class FaultTable {
    /** How often each fault is done: -Dganger.faults=N. */
    static final int RUNS = Integer.getInteger("ganger.faults", 1);
    private static final Path FOLDER = Path.of("target", "faults");

    private FaultTable() {}

    /** From -Dganger.faults.seed, which is printed: the same again draws the same. */
    static SplittableRandom random() {
        var seed = Long.getLong("ganger.faults.seed", System.nanoTime());
        System.out.println("-Dganger.faults.seed=" + seed);
        return new SplittableRandom(seed);
    }

    /**
     * A row, printed too; whoever calls this has asserted that nothing is lost.
     *
     * @param fault   what was done
     * @param runs    how often
     * @param tasks   that were under way, and have one result each
     * @param repeats tasks that were started once more because of it
     * @param longest until it was noticed: from its beginning to the start elsewhere, or to the new connection; zero: there was nothing to notice
     */
    static void row(String fault, int runs, int tasks, long repeats, Duration longest) {
        var noticed = longest.isZero() ? "–" : "%.1f s".formatted(longest.toMillis() / 1000.0);
        var row = "| %s | %d | %d | %d | 0 | %s |".formatted(fault, runs, tasks, repeats, noticed);
        System.out.println("fault, runs, tasks, repeats, lost, noticed within: " + row);
        try {
            Files.createDirectories(FOLDER);
            Files.writeString(FOLDER.resolve(fault.replaceAll("[^A-Za-z0-9]+", "-") + ".md"), row + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
