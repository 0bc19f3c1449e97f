package dev.ganger.coordinator.store;

import dev.ganger.coordinator.core.Event;
import dev.ganger.coordinator.core.Payload;
import dev.ganger.model.Result;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the disk of a simulation holds, for whoever checks it: a row a record. */
record FakeMoment(List<Event.Durable> events, FakeDone done, FakeEntries kept) implements StoreMoment {

    @Override
    public void replay(BiConsumer<String, Event.Durable> each) {
        for (var event : events) {
            each.accept("the journal", event);
        }
    }

    @Override
    public void results(long from, long most, Consumer<String> faults, Consumer<DoneRow> each) {
        done.records().stream().map(FakeMoment::row).filter(row -> row.position() >= from).limit(most).forEach(each);
    }

    private static DoneRow row(Payload record) {
        return switch (record) {
            case Payload.Recorded(var result, _) -> new DoneRow(result.position(), 1, List.of(record), true,
                    Map.of(result.task().job(), new DoneRow.Span(result.task().index(), result.task().index())));
            case Payload.CancelledRange range -> new DoneRow(range.position(), range.indices().count(), List.of(record), true,
                    Map.of(range.job(), new DoneRow.Span(range.indices().ranges().getFirst().first(),
                            range.indices().ranges().getLast().last())));
            case Payload.EntryChunk _ -> throw new AssertionError("no entries are put here");
        };
    }

    @Override
    public void missingResults(Consumer<String> faults) {
        // Nothing speaks of a row but the row itself.
    }

    @Override
    public ResultWalk walk() {
        return new Walk(done.records());
    }

    @Override
    public void entries(Consumer<String> faults, Consumer<StoredDraft> each) {
        kept.drafts().forEach((draft, entries) -> each.accept(new StoredDraft(draft, entries.size(),
                entries.stream().mapToLong(entry -> Integer.BYTES + entry.size()).sum(), false)));
    }

    /** Looks for each position from the start. */
    private record Walk(Collection<Payload> records) implements ResultWalk {
        @Override
        public @Nullable Found at(long position) {
            for (var record : records) {
                if (record instanceof Payload.Recorded recorded && recorded.result().position() == position) {
                    return new Found(recorded, true);
                }
                if (record instanceof Payload.CancelledRange range && range.position() <= position
                        && position < range.position() + range.indices().count()) {
                    var results = new ArrayList<Result>(1);
                    CancelledResults.expand(range, position, 1, results);
                    return new Found(new Payload.Recorded(results.getFirst(), List.of()), true);
                }
            }
            return null;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
