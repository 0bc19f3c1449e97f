package dev.ganger.coordinator.store;

import dev.ganger.coordinator.core.Payload;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of the done queue as it was found, for whoever checks it.
 *
 * @param position      of its first result
 * @param count         of the positions it stands for
 * @param records       null if the row is damaged
 * @param namesReturned whether its records name the attempts that were given back; those of old do not
 * @param spans         by job, the smallest and largest index that are looked for in this row
 */
public record DoneRow(long position, long count, @Nullable List<Payload> records, boolean namesReturned, Map<Long, Span> spans) {
    public DoneRow {
        records = records == null ? null : List.copyOf(records);
        spans = Map.copyOf(spans);
    }

    /** Indices of tasks of a job. */
    public record Span(long smallest, long largest) {}
}
