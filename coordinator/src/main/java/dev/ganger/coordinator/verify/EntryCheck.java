package dev.ganger.coordinator.verify;

import dev.ganger.coordinator.core.Audit;
import dev.ganger.coordinator.store.StoreMoment;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Counts the entries of jobs and of drafts against what the journal says of them. */
final class EntryCheck {
    private final Faults faults;
    private final Map<UUID, Due> due = new HashMap<>();

    /** What should be kept, and for whom. */
    private record Due(String of, long entries, long bytes) {}

    EntryCheck(Audit audit, Faults faults) {
        this.faults = faults;
        for (long id : audit.jobs()) {
            var job = audit.job(id);
            if (job != null && job.origin().entries()) {
                due.put(job.origin().draft(), new Due("job " + id, job.count(), job.entryBytes()));
            }
        }
        audit.drafts().forEach((draft, amount) -> due.put(draft, new Due("draft " + draft, amount.entries(), amount.bytes())));
    }

    void run(StoreMoment store) {
        store.entries(faults, this::take);
        due.values().forEach(each -> faults.add("the %d entries of %s are missing", each.entries(), each.of()));
    }

    private void take(StoreMoment.StoredDraft stored) {
        var expected = due.remove(stored.draft());
        if (expected != null && stored.swept()) {
            faults.add("the entries of %s wait to be removed, and it is kept", expected.of());
        } else if (expected == null && !stored.swept()) {
            faults.add("%d entries are kept of %s, which is neither a draft nor of a job", stored.entries(), stored.draft());
        } else if (expected != null && (expected.entries() != stored.entries() || expected.bytes() != stored.bytes())) {
            faults.add("%s has %d entries with %d bytes, and %d with %d bytes are kept", expected.of(), expected.entries(),
                    expected.bytes(), stored.entries(), stored.bytes());
        }
    }
}
