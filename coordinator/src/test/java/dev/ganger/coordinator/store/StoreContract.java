package dev.ganger.coordinator.store;

import dev.ganger.coordinator.core.Event;
import dev.ganger.model.Bytes;
import dev.ganger.model.Result;
import dev.ganger.model.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static dev.ganger.coordinator.store.Samples.DRAFT;
import static dev.ganger.coordinator.store.Samples.OTHER_DRAFT;
import static dev.ganger.coordinator.store.Samples.cancelledRange;
import static dev.ganger.coordinator.store.Samples.chunk;
import static dev.ganger.coordinator.store.Samples.cursor;
import static dev.ganger.coordinator.store.Samples.result;
import static dev.ganger.coordinator.store.Samples.results;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What every store does, the real one and the fake. */
abstract class StoreContract<S extends Journal & DoneQueue & Entries> {
    private final List<S> opened = new ArrayList<>();

    /** A store on what the one before left; that one is closed. */
    abstract S openStore();

    @AfterEach
    final void close() {
        opened.forEach(Journal::close);
    }

    private S open() {
        opened.forEach(Journal::close);
        var store = openStore();
        opened.add(store);
        return store;
    }

    /** A store that is ready to append. */
    private S recovered() {
        var store = open();
        store.recover(_ -> {});
        return store;
    }

    private List<Event.Durable> reopened() {
        var events = new ArrayList<Event.Durable>();
        open().recover(events::add);
        return events;
    }

    private static List<Long> positions(List<Result> results) {
        return results.stream().map(Result::position).toList();
    }

    @Test
    void aNewStoreIsEmpty() {
        var store = open();
        assertThat(store.recover(event -> assertThat(event).isNull())).isZero();
        assertThat(store.read(0, 10)).isEmpty();
        assertThat(store.find(new TaskId(1, 1))).isNull();
    }

    @Test
    void whatWasAppendedIsRecoveredInOrder() {
        var store = recovered();
        assertThat(store.append(new Batch(GoldenEvents.V1, List.of()))).isEqualTo(1);
        assertThat(store.append(cursor(5))).isEqualTo(2);
        var events = new ArrayList<Event.Durable>();
        var next = open();
        assertThat(next.recover(events::add)).isEqualTo(2);
        assertThat(events).startsWith(GoldenEvents.V1.toArray(Event.Durable[]::new)).endsWith(new Event.CursorMoved("reader", 5))
                .hasSize(GoldenEvents.V1.size() + 1);
        assertThat(next.append(cursor(6))).isEqualTo(3);
        assertThat(reopened()).hasSize(GoldenEvents.V1.size() + 2);
    }

    @Test
    void aSnapshotStandsForTheBatchesUpToIt() {
        var store = recovered();
        for (var next = 1; next <= 1000; next++) {
            store.append(cursor(next));
        }
        store.snapshot(998, GoldenEvents.V1);
        var expected = new ArrayList<>(GoldenEvents.V1);
        expected.add(new Event.CursorMoved("reader", 999));
        expected.add(new Event.CursorMoved("reader", 1000));
        assertThat(reopened()).isEqualTo(expected);
    }

    @Test
    void aSnapshotOfTheLastBatchIsAllThereIs() {
        var store = recovered();
        store.append(cursor(1));
        store.snapshot(1, GoldenEvents.V1);
        var events = new ArrayList<Event.Durable>();
        var next = open();
        assertThat(next.recover(events::add)).isEqualTo(1);
        assertThat(events).isEqualTo(GoldenEvents.V1);
        assertThat(next.append(cursor(2))).isEqualTo(2);
        assertThat(reopened()).hasSize(GoldenEvents.V1.size() + 1);
    }

    @Test
    void theNewestSnapshotCounts() {
        var store = recovered();
        store.append(cursor(1));
        store.snapshot(1, List.of(new Event.Closed()));
        store.append(cursor(2));
        store.append(cursor(3));
        store.snapshot(2, List.of(new Event.Opened()));
        store.snapshot(1, List.of(new Event.Closed()));
        assertThat(reopened()).containsExactly(new Event.Opened(), new Event.CursorMoved("reader", 3));
    }

    @Test
    void anEmptySnapshotIsOne() {
        var store = recovered();
        store.append(cursor(1));
        store.snapshot(1, List.of());
        assertThat(reopened()).isEmpty();
        assertThat(recovered().append(cursor(2))).isEqualTo(2);
    }

    @Test
    void aLargeSnapshotIsReadAsItWasWritten() {
        var bits = LongStream.range(0, 160_000).boxed().toList();
        var large = new Event.JobRestored(1, 5, bits, List.of(), bits, List.of(), List.of(), List.of(), null);
        var events = List.<Event.Durable>of(new Event.CountersRestored(3, 4), large, large, new Event.Closed());
        var store = recovered();
        store.append(cursor(1));
        store.snapshot(1, events);
        assertThat(reopened()).isEqualTo(events);
    }

    @Test
    void aResultIsReadWithAllItHas() {
        var store = recovered();
        assertThat(store.read(1, 1)).isEmpty();
        store.append(results(Samples.fullResult(1)));
        assertThat(store.read(1, 1)).containsExactly(Samples.fullResult(1));
        assertThat(store.find(new TaskId(42, 7))).isEqualTo(Samples.fullResult(1));
    }

    @Test
    void resultsAreReadAcrossBatches() {
        var store = recovered();
        store.append(results(result(1, 1, 1), result(2, 1, 2), result(3, 2, 1)));
        store.append(cursor(1));
        store.append(results(result(4, 1, 3)));
        store.append(results(result(5, 1, 4), result(6, 1, 5)));
        assertThat(positions(store.read(0, 100))).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(positions(store.read(2, 3))).containsExactly(2L, 3L, 4L);
        assertThat(positions(store.read(1, 2))).containsExactly(1L, 2L);
        assertThat(positions(store.read(6, 3))).containsExactly(6L);
        assertThat(positions(store.read(4, 0))).isEmpty();
        assertThat(store.read(7, 3)).isEmpty();
    }

    @Test
    void resultsOfACancelledRangeAreReadOneByOne() {
        var store = recovered();
        store.append(results(result(1, 1, 1)));
        store.append(new Batch(List.of(), List.of(cancelledRange(2, 9))));
        store.append(results(result(13, 1, 2)));
        var all = store.read(1, 100);
        assertThat(positions(all)).isEqualTo(LongStream.rangeClosed(1, 13).boxed().toList());
        assertThat(all.subList(1, 12)).extracting(result -> result.task().index())
                .containsExactly(2L, 4L, 6L, 8L, 10L, 20L, 30L, 31L, 32L, 33L, 34L);
        for (var from = 1; from <= 13; from++) {
            assertThat(store.read(from, 3)).isEqualTo(all.subList(from - 1, Math.min(from + 2, 13)));
        }
    }

    @Test
    void aTaskOfACancelledRangeIsFound() {
        var store = recovered();
        store.append(new Batch(List.of(), List.of(cancelledRange(2, 9))));
        var all = store.read(1, 100);
        for (var result : all) {
            assertThat(store.find(result.task())).isEqualTo(result);
        }
        assertThat(store.find(new TaskId(9, 3))).isNull();
        assertThat(store.find(new TaskId(8, 2))).isNull();
    }

    @Test
    void theLastRoundOfATaskIsFound() {
        var store = recovered();
        store.append(results(result(1, 9, 2, 1), result(2, 9, 50)));
        store.append(new Batch(List.of(), List.of(cancelledRange(3, 9))));
        assertThat(store.find(new TaskId(9, 2))).extracting(Result::position).isEqualTo(3L);
        store.append(results(result(14, 9, 2, 3), result(15, 9, 2, 4)));
        assertThat(store.find(new TaskId(9, 2))).isEqualTo(result(15, 9, 2, 4));
        assertThat(store.find(new TaskId(9, 4))).extracting(Result::position).isEqualTo(4L);
        assertThat(store.find(new TaskId(9, 50))).isEqualTo(result(2, 9, 50));
        assertThat(store.findAll(9, 2, 50)).containsEntry(2L, result(15, 9, 2, 4)).containsEntry(50L, result(2, 9, 50));
        assertThat(store.findAll(9, 51, 1_000)).isEmpty();
        assertThat(store.firstOf(9)).isLessThanOrEqualTo(2);
        assertThat(store.firstOf(12_345)).isEqualTo(16);
    }

    @Test
    void aHundredThousandResultsAreReadAndFound() {
        var store = recovered();
        for (var batch = 0; batch < 100; batch++) {
            var first = batch * 1000L;
            store.append(
                    results(LongStream.range(first, first + 1000).mapToObj(at -> result(at + 1, 7, at)).toArray(Result[]::new)));
        }
        var position = 1L;
        for (var page = store.read(position, 999); !page.isEmpty(); page = store.read(position, 999)) {
            assertThat(page.getFirst().position()).isEqualTo(position);
            position = page.getLast().position() + 1;
        }
        assertThat(position).isEqualTo(100_001);
        assertThat(store.find(new TaskId(7, 77_777))).isEqualTo(result(77_778, 7, 77_777));
    }

    @Test
    void aPositionIsNeverUsedAgain() {
        var store = recovered();
        store.append(results(result(1, 1, 1), result(2, 1, 2)));
        assertThatThrownBy(() -> store.append(results(result(2, 1, 3)))).isInstanceOf(AssertionError.class);
    }

    private static List<Bytes> entries(int from, int to) {
        var entries = new ArrayList<Bytes>();
        for (var number = from; number <= to; number++) {
            entries.add(Bytes.utf8(number % 7 == 0 ? "" : "entry-" + number + "x".repeat(number % 50)));
        }
        return entries;
    }

    @Test
    void entriesAreReadByRangeAcrossChunks() {
        var store = recovered();
        store.append(chunk(DRAFT, 1, entries(1, 10)));
        store.append(chunk(OTHER_DRAFT, 1, entries(500, 600)));
        store.append(chunk(DRAFT, 2, entries(11, 5000)));
        store.append(chunk(DRAFT, 3, entries(5001, 5003)));
        assertThat(store.read(DRAFT, 1, 5003)).isEqualTo(entries(1, 5003));
        assertThat(store.read(DRAFT, 10, 11)).isEqualTo(entries(10, 11));
        assertThat(store.read(DRAFT, 4321, 4321)).isEqualTo(entries(4321, 4321));
        assertThat(store.read(DRAFT, 4999, 5002)).isEqualTo(entries(4999, 5002));
        assertThat(store.read(OTHER_DRAFT, 2, 3)).isEqualTo(entries(501, 502));
        assertThatThrownBy(() -> store.read(DRAFT, 5003, 5004)).isInstanceOf(StoreException.class)
                .hasMessageContaining(DRAFT.toString());
    }

    @Test
    void aLargeEntryIsReadAsItWas() {
        var large = Bytes.utf8("y".repeat(127 * 1024));
        var store = recovered();
        store.append(chunk(DRAFT, 1, List.of(large, Bytes.EMPTY, large)));
        assertThat(store.read(DRAFT, 1, 3)).containsExactly(large, Bytes.EMPTY, large);
    }

    @Test
    void aDroppedDraftHasNoEntriesAndTheOtherKeepsIts() {
        var store = recovered();
        store.append(chunk(DRAFT, 1, entries(1, 10)));
        store.append(chunk(OTHER_DRAFT, 1, entries(1, 10)));
        store.append(new Batch(List.of(new Event.DraftDropped(DRAFT)), List.of()));
        assertThatThrownBy(() -> store.read(DRAFT, 1, 1)).isInstanceOf(StoreException.class);
        assertThat(store.read(OTHER_DRAFT, 1, 10)).isEqualTo(entries(1, 10));
    }

    @Test
    void aDraftThatBeginsAnewInTheBatchThatDropsItKeepsTheNewEntries() {
        var store = recovered();
        store.append(chunk(DRAFT, 1, entries(1, 10)));
        var anew = chunk(DRAFT, 1, entries(20, 25));
        store.append(new Batch(List.of(new Event.DraftDropped(DRAFT), anew.events().getFirst()), anew.payloads()));
        assertThat(store.read(DRAFT, 1, 6)).isEqualTo(entries(20, 25));
    }

    @Test
    void everythingIsThereAfterReopening() {
        var store = recovered();
        store.append(results(result(1, 1, 1)));
        store.append(chunk(DRAFT, 1, entries(1, 10)));
        store.append(new Batch(List.of(), List.of(cancelledRange(2, 9))));
        var next = recovered();
        assertThat(next.read(1, 100)).hasSize(12);
        assertThat(next.find(new TaskId(1, 1))).isEqualTo(result(1, 1, 1));
        assertThat(next.read(DRAFT, 1, 10)).isEqualTo(entries(1, 10));
        next.append(chunk(DRAFT, 2, entries(11, 12)));
        assertThat(next.read(DRAFT, 9, 12)).isEqualTo(entries(9, 12));
    }

    @Test
    void ofAForgottenJobNothingIsReadAndTheOthersKeepTheirs() {
        var store = recovered();
        store.append(chunk(DRAFT, 1, entries(1, 10)));
        store.append(results(result(1, 1, 1), result(2, 1, 2)));
        store.append(results(result(3, 1, 3), result(4, 2, 1)));
        store.append(new Batch(List.of(), List.of(cancelledRange(5, 1))));
        store.append(results(result(16, 2, 2)));
        assertThat(store.first()).isEqualTo(1);
        store.append(new Batch(List.of(new Event.JobForgotten(1, DRAFT, Samples.AT)), List.of()));
        checkForgotten(store);
        checkForgotten(recovered());
    }

    private void checkForgotten(S each) {
        assertThat(positions(each.read(1, 100))).containsExactly(4L, 16L);
        assertThat(each.findAll(1, 0, 100)).isEmpty();
        assertThat(each.first()).isBetween(3L, 4L);
        assertThat(each.findAll(2, 0, 100)).hasSize(2);
        assertThatThrownBy(() -> each.read(DRAFT, 1, 1)).isInstanceOf(StoreException.class);
    }

    @Test
    void closingTwiceIsHarmless() {
        var store = recovered();
        store.close();
        store.close();
        assertThatThrownBy(() -> store.append(cursor(1))).isInstanceOf(RuntimeException.class);
    }
}
