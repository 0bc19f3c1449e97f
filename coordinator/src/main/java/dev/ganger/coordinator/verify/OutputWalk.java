package dev.ganger.coordinator.verify;

import dev.ganger.coordinator.core.Payload;
import dev.ganger.coordinator.output.FrozenOutput;
import dev.ganger.coordinator.store.DoneRow;
import dev.ganger.coordinator.store.FrozenStore;
import dev.ganger.model.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the results once more, for their output: a few rows at a time, because to hold one moment of the database for as long as it
 * takes to read all output would make its log grow. Jobs that are forgotten meanwhile are passed over.
 */
final class OutputWalk {
    private static final int ROWS_AT_ONCE = 32;
    private static final int RESULTS_A_PAGE = 2_000;

    private final Path folder;
    private final Scratch scratch;
    private final @Nullable FrozenStore held;
    private final FrozenOutput outputs;
    private final Faults faults;
    private final Tally tally;
    private final Progress progress;

    /** Held: a moment of the store that can be kept open, if there is one. */
    OutputWalk(Path folder, Scratch scratch, @Nullable FrozenStore held, FrozenOutput outputs, Faults faults, Tally tally,
            Progress progress) {
        this.folder = folder;
        this.scratch = scratch;
        this.held = held;
        this.outputs = outputs;
        this.faults = faults;
        this.tally = tally;
        this.progress = progress;
    }

    /** Up to a position. */
    void run(long end) {
        var from = 0L;
        var page = page(from, RESULTS_A_PAGE);
        while (!page.isEmpty() && from < end) {
            for (var row : page) {
                check(row, end);
                from = row.position() + 1;
            }
            progress.tell("comparing the output with the results: position %d, %d MB".formatted(from, tally.outputBytes >> 20));
            page = page(from, RESULTS_A_PAGE);
        }
    }

    private List<DoneRow> page(long from, int results) {
        if (held != null) {
            return page(held, from, results);
        }
        try (var store = FrozenStore.open(folder, scratch.next())) {
            return page(store, from, results);
        }
    }

    /** So many results, or some more; few rows at a time, for some are large. What is damaged was told of when all were read. */
    private static List<DoneRow> page(FrozenStore store, long from, int results) {
        var page = new ArrayList<DoneRow>();
        var found = 0L;
        var before = -1;
        while (found < results && page.size() > before) {
            before = page.size();
            store.results(page.isEmpty() ? from : page.getLast().position() + 1, ROWS_AT_ONCE, _ -> {}, page::add);
            found = page.stream().mapToLong(DoneRow::count).sum();
        }
        if (store.wasDisturbed()) {
            throw new Verification.Disturbed();
        }
        return page;
    }

    private void check(DoneRow row, long end) {
        var records = row.records();
        if (records == null) {
            return;
        }
        for (var record : records) {
            if (record instanceof Payload.Recorded(var result, _) && result.position() < end
                    && row.spans().containsKey(result.task().job())) {
                check(row, result);
            }
        }
    }

    private void check(DoneRow row, Result result) {
        var found = new Faults(2);
        new OutputCheck(outputs, found, tally).take(result);
        if (found.count() > 0 && isStillKept(row.position(), result.task().job())) {
            found.first().forEach(faults);
        }
    }

    private boolean isStillKept(long position, long job) {
        return page(position, 1).stream().anyMatch(row -> row.position() == position && row.spans().containsKey(job));
    }
}
