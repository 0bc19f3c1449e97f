package dev.ganger.coordinator.verify;

import dev.ganger.coordinator.core.Payload;
import dev.ganger.coordinator.output.FrozenOutput;
import dev.ganger.coordinator.store.DoneRow;
import dev.ganger.coordinator.store.FrozenStore;
import dev.ganger.model.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Goes through the results once more, for their output: a few rows at a time, because to hold one moment of the database for as long as it
 * takes to read all output would make its log grow. Jobs that are forgotten meanwhile are passed over.
 */
final class OutputWalk {
    private static final int ROWS_AT_ONCE = 32;

    private final Path folder;
    private final Scratch scratch;
    private final FrozenOutput outputs;
    private final Faults faults;
    private final Tally tally;
    private final Progress progress;

    OutputWalk(Path folder, Scratch scratch, FrozenOutput outputs, Faults faults, Tally tally, Progress progress) {
        this.folder = folder;
        this.scratch = scratch;
        this.outputs = outputs;
        this.faults = faults;
        this.tally = tally;
        this.progress = progress;
    }

    /** Up to a position. */
    void run(long end) {
        var from = 0L;
        var page = page(from, ROWS_AT_ONCE);
        while (!page.isEmpty() && from < end) {
            for (var row : page) {
                check(row, end);
                from = row.position() + 1;
            }
            progress.tell("comparing the output with the results: position %d, %d MB".formatted(from, tally.outputBytes >> 20));
            page = page(from, ROWS_AT_ONCE);
        }
    }

    private List<DoneRow> page(long from, int rows) {
        try (var store = FrozenStore.open(folder, scratch.next())) {
            var page = new ArrayList<DoneRow>(rows);
            // What is damaged was told of when all were read.
            store.results(from, rows, _ -> {}, page::add);
            if (store.wasDisturbed()) {
                throw new Verification.Disturbed();
            }
            return page;
        }
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
