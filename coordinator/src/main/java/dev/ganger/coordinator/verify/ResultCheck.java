package dev.ganger.coordinator.verify;

import dev.ganger.coordinator.core.Audit;
import dev.ganger.coordinator.core.Payload;
import dev.ganger.coordinator.store.DoneRow;
import dev.ganger.coordinator.store.StoreMoment;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Goes through the done queue once: positions, what is looked for where, and job by job what results tell. */
final class ResultCheck {
    private final Audit audit;
    private final Faults faults;
    private final Map<Long, JobLedger> ledgers = new TreeMap<>();
    /** Whether positions can be missing: those of jobs that were forgotten. */
    private final boolean forgets;
    private long end = 1;

    ResultCheck(Audit audit, Faults faults, Tally tally) {
        this.audit = audit;
        this.faults = faults;
        this.forgets = audit.jobs().size() < audit.nextJob() - 1;
        for (long id : audit.jobs()) {
            var job = audit.job(id);
            if (job != null) {
                ledgers.put(id, new JobLedger(job, faults, tally));
            }
        }
    }

    void run(StoreMoment store) {
        store.missingResults(faults);
        store.results(0, Long.MAX_VALUE, faults, this::take);
        gap(audit.nextPosition());
        ledgers.values().forEach(JobLedger::conclude);
    }

    private void take(DoneRow row) {
        if (row.position() < end) {
            faults.add("the results from position %d on overlap those before, which go up to position %d", row.position(),
                    end - 1);
        }
        gap(row.position());
        end = Math.max(end, row.position() + row.count());
        if (end > audit.nextPosition()) {
            faults.add("the done queue goes up to position %d, and the journal up to position %d", end - 1,
                    audit.nextPosition() - 1);
        }
        var records = row.records();
        if (records == null) {
            row.spans().keySet().stream().map(ledgers::get).forEach(ledger -> {
                if (ledger != null) {
                    ledger.damaged();
                }
            });
            return;
        }
        var place = row.position();
        var spans = new HashMap<Long, DoneRow.Span>();
        for (var record : records) {
            place = take(record, place, row, spans);
        }
        if (place != row.position() + row.count()) {
            faults.add("the results from position %d on are %d, and their row says %d", row.position(), place - row.position(),
                    row.count());
        }
        checkSpans(row, spans);
    }

    /** Positions are never used twice, so what is missing was forgotten. */
    private void gap(long next) {
        if (next > end && !forgets) {
            faults.add("positions %d to %d of the done queue are missing, and no job was forgotten", end, next - 1);
        }
    }

    private long take(Payload record, long place, DoneRow row, Map<Long, DoneRow.Span> spans) {
        return switch (record) {
            case Payload.Recorded recorded -> {
                var result = recorded.result();
                var index = result.task().index();
                checkPlace(result.position(), place);
                note(spans, result.task().job(), index, index);
                var ledger = ledger(result.task().job(), result.position(), row);
                if (ledger != null) {
                    ledger.take(recorded, row.namesReturned());
                }
                yield place + 1;
            }
            case Payload.CancelledRange range -> {
                var ranges = range.indices().ranges();
                checkPlace(range.position(), place);
                note(spans, range.job(), ranges.getFirst().first(), ranges.getLast().last());
                var ledger = ledger(range.job(), range.position(), row);
                if (ledger != null) {
                    ledger.take(range);
                }
                yield place + range.indices().count();
            }
            case Payload.EntryChunk _ -> throw new AssertionError("no entries are among results");
        };
    }

    private void checkPlace(long position, long place) {
        if (position != place) {
            faults.add("at position %d of the done queue stands a result that says it stands at position %d", place, position);
        }
    }

    private static void note(Map<Long, DoneRow.Span> spans, long job, long smallest, long largest) {
        spans.merge(job, new DoneRow.Span(smallest, largest), (one, other) -> new DoneRow.Span(
                Math.min(one.smallest(), other.smallest()), Math.max(one.largest(), other.largest())));
    }

    /** Null if the job is not kept; of a job that was forgotten results stay as long as others of their row are kept. */
    private @Nullable JobLedger ledger(long job, long position, DoneRow row) {
        var ledger = ledgers.get(job);
        if (ledger == null && job >= audit.nextJob()) {
            faults.add("position %d holds a result of job %d, and there never was one", position, job);
        } else if (ledger == null && row.spans().containsKey(job)) {
            faults.add("position %d holds a result of job %d, which is not kept", position, job);
        }
        return ledger;
    }

    private void checkSpans(DoneRow row, Map<Long, DoneRow.Span> found) {
        found.forEach((job, span) -> {
            var known = row.spans().get(job);
            if (ledgers.containsKey(job) && known == null) {
                faults.add("nobody finds the results of job %d from position %d on: the list of where they are lacks them", job,
                        row.position());
            } else if (known != null && !known.equals(span)) {
                faults.add("the results from position %d on are of tasks %d.%d to %d.%d, and are looked for as %d.%d to %d.%d",
                        row.position(), job, span.smallest(), job, span.largest(), job, known.smallest(), job, known.largest());
            }
        });
        row.spans().keySet().stream().filter(job -> !found.containsKey(job)).forEach(job -> faults
                .add("results of job %d are looked for from position %d on, and none is there", job, row.position()));
    }
}
