package dev.ganger.coordinator.verify;

import dev.ganger.coordinator.core.Audit;
import dev.ganger.coordinator.output.FrozenOutput;
import dev.ganger.coordinator.output.OutputException;
import dev.ganger.coordinator.store.FrozenStore;
import dev.ganger.coordinator.store.SqliteOutputIndex;
import dev.ganger.coordinator.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks one data folder, of a coordinator that runs or of one that does not, without changing it. */
public final class Verification {
    private static final int FAULTS = 100;
    /** Each time a coordinator began to write to what was read as if none did. */
    private static final int ATTEMPTS = 3;
    private static final String OUTPUT = "output";

    private final Path folder;
    private final Progress progress;
    private final Faults faults = new Faults(FAULTS);
    private final Tally tally = new Tally();
    private final List<String> notes = new ArrayList<>();
    private @Nullable Audit audit;
    private @Nullable SqliteOutputIndex index;
    private List<String> indexFaults = List.of();

    private Verification(Path folder, Progress progress) {
        this.folder = folder;
        this.progress = progress;
    }

    /** Whether there is anything to check in a folder. */
    public static boolean isPossible(Path folder) {
        return FrozenStore.isIn(folder);
    }

    /** What is found in the folder; a {@link StoreException} or {@link OutputException} if it cannot be read at all. */
    public static Verdict of(Path folder, Progress progress) throws IOException {
        var started = System.nanoTime();
        for (var attempt = 1;; attempt++) {
            var verification = new Verification(folder, progress);
            try (var scratch = new Scratch()) {
                verification.run(scratch);
                return verification.verdict(Duration.ofNanos(System.nanoTime() - started));
            } catch (Disturbed disturbed) {
                if (attempt == ATTEMPTS) {
                    throw new StoreException(
                            "coordinators are started in %s all the time, while it is read: verify it when one stays"
                                    .formatted(folder),
                            disturbed);
                }
            }
        }
    }

    private void run(Scratch scratch) {
        try (var store = FrozenStore.open(folder, scratch.next())) {
            checkStore(store);
            if (store.wasDisturbed()) {
                throw new Disturbed();
            }
        }
        var present = audit;
        var copy = scratch.next();
        var segments = Files.isDirectory(folder.resolve(OUTPUT)) ? folder.resolve(OUTPUT) : copy;
        try (var outputs = FrozenOutput.open(segments, () -> index(segments, scratch))) {
            checkOutput(outputs, scratch, present == null ? Long.MAX_VALUE : present.nextPosition());
        }
    }

    private void checkStore(FrozenStore store) {
        progress.tell("checking the database");
        store.complaints().forEach(faults);
        audit = new StoreCheck(faults, tally, progress).run(store);
        if (audit == null) {
            notes.add("what the journal says could not be compared with the results, because it cannot be replayed");
        }
    }

    private SqliteOutputIndex index(Path segments, Scratch scratch) {
        var found = new ArrayList<String>();
        var copy = SqliteOutputIndex.copyOf(segments, scratch.next(), found::add);
        found.addAll(copy.contradictions());
        index = copy;
        indexFaults = found;
        return copy;
    }

    private void checkOutput(FrozenOutput outputs, Scratch scratch, long end) {
        indexFaults.forEach(faults);
        outputs.faults().forEach(faults);
        notes.addAll(outputs.notes());
        var all = outputs.bytes();
        var read = new long[1];
        outputs.checkSegments(faults, bytes -> {
            read[0] += bytes;
            progress.tell("reading the output: %d of %d MB".formatted(read[0] >> 20, all >> 20));
        });
        new OutputWalk(folder, scratch, outputs, faults, tally, progress).run(end);
        noteOrphans();
        if (tally.moved > 0) {
            notes.add(
                    "%d streams were moved while they were read, and could not be checked; verify again".formatted(tally.moved));
        }
    }

    private void noteOrphans() {
        var all = index;
        if (all != null && all.extent().streams() > tally.claimedStreams) {
            notes.add("kept, and not of attempts that decided a task: %d streams with %d bytes".formatted(
                    all.extent().streams() - tally.claimedStreams, Math.max(0, all.extent().bytes() - tally.claimedBytes)));
        }
    }

    private Verdict verdict(Duration took) {
        var jobs = new ArrayList<Audit.OfJob>();
        var present = audit;
        if (present != null) {
            for (long id : present.jobs()) {
                var job = present.job(id);
                if (job != null) {
                    jobs.add(job);
                }
            }
        }
        var extra = new Verdict.Extra(tally.lost, tally.retried, tally.returned, tally.rounds, tally.unrecorded);
        var counts = new Verdict.Counts(jobs.size(), jobs.stream().mapToLong(Audit.OfJob::count).sum(),
                jobs.stream().mapToLong(Audit.OfJob::unfinished).sum(), tally.results, tally.attempts, extra, tally.outputBytes);
        return new Verdict(folder, faults.first(), faults.count(), notes, counts, took);
    }

    /** A coordinator was started meanwhile. */
    static final class Disturbed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
