package dev.ganger.coordinator.verify;

import dev.ganger.coordinator.core.Audit;
import dev.ganger.coordinator.store.StoreException;
import dev.ganger.coordinator.store.StoreMoment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks everything but output: journal, results, attempts, entries, consumers and keys. */
public final class StoreCheck {
    private static final int FAULTS = 20;

    private final Faults faults;
    private final Tally tally;
    private final Progress progress;

    StoreCheck(Faults faults, Tally tally, Progress progress) {
        this.faults = faults;
        this.tally = tally;
        this.progress = progress;
    }

    /** What is wrong, the first ones. */
    public static List<String> faults(StoreMoment store) {
        var faults = new Faults(FAULTS);
        new StoreCheck(faults, new Tally(), _ -> {}).run(store);
        return faults.first();
    }

    /** The state that the journal gives; null if it gives none, which is then said. */
    @Nullable
    Audit run(StoreMoment store) {
        progress.tell("replaying the journal");
        var audit = new JournalCheck(faults).run(store);
        try {
            progress.tell("reading the results");
            if (audit == null) {
                store.results(0, Long.MAX_VALUE, faults, _ -> {});
                return null;
            }
            new ResultCheck(audit, faults, tally).run(store);
            progress.tell("reading the entries");
            new EntryCheck(audit, faults).run(store);
            checkState(audit);
        } catch (StoreException damage) {
            faults.accept(String.valueOf(damage.getMessage()));
        }
        return audit;
    }

    private void checkState(Audit audit) {
        audit.cursors().forEach((consumer, next) -> {
            if (next < 1 || next > audit.nextPosition()) {
                faults.add("consumer '%s' reads on from position %d, and the next result has position %d", consumer, next,
                        audit.nextPosition());
            }
        });
        audit.strayKeys().forEach(faults);
        audit.wrongSums().forEach(faults);
    }
}
