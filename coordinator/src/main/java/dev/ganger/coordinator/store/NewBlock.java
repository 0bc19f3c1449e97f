package dev.ganger.coordinator.store;

import dev.ganger.coordinator.core.Payload;
import dev.ganger.coordinator.store.proto.DoneRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row of the done queue in the making: records of positions without a gap, and which tasks they are of. */
final class NewBlock {
    /** What makes a block full; bounds what is read to find one result. */
    private static final int FULL_BYTES = 256 * 1024;
    private static final int FULL_RECORDS = 512;

    private final long position;
    private final List<DoneRecord> records = new ArrayList<>();
    private final Map<Long, Span> spans = new HashMap<>();
    private long count;
    private int bytes;

    private NewBlock(long position) {
        this.position = position;
    }

    /** The smallest and the largest index of a job's tasks in a block. */
    record Span(long smallest, long largest) {
        private Span union(Span other) {
            return new Span(Math.min(smallest, other.smallest), Math.max(largest, other.largest));
        }
    }

    /** The rows that hold the done-queue records of a batch. */
    static List<NewBlock> of(List<Payload> payloads) {
        var blocks = new ArrayList<NewBlock>();
        @Nullable
        NewBlock last = null;
        for (var payload : payloads) {
            switch (payload) {
                case Payload.EntryChunk _ -> {
                }
                case Payload.Recorded recorded -> last = blockFor(recorded.result().position(), last, blocks).add(recorded);
                case Payload.CancelledRange range -> last = blockFor(range.position(), last, blocks).add(range);
            }
        }
        return blocks;
    }

    private static NewBlock blockFor(long position, @Nullable NewBlock last, List<NewBlock> blocks) {
        if (last != null && position < last.end()) {
            throw new AssertionError("positions of the done queue only grow: %d after %d".formatted(position, last.end() - 1));
        }
        if (last != null && position == last.end() && !last.isFull()) {
            return last;
        }
        var block = new NewBlock(position);
        blocks.add(block);
        return block;
    }

    private boolean isFull() {
        return bytes >= FULL_BYTES || records.size() >= FULL_RECORDS;
    }

    private NewBlock add(Payload.Recorded recorded) {
        var task = recorded.result().task();
        return add(DoneCodec.record(recorded), 1, task.job(), new Span(task.index(), task.index()));
    }

    private NewBlock add(Payload.CancelledRange range) {
        var ranges = range.indices().ranges();
        return add(DoneCodec.record(range), range.indices().count(), range.job(),
                new Span(ranges.getFirst().first(), ranges.getLast().last()));
    }

    private NewBlock add(DoneRecord record, long positions, long job, Span span) {
        records.add(record);
        bytes += record.getSerializedSize();
        count += positions;
        spans.merge(job, span, Span::union);
        return this;
    }

    long position() {
        return position;
    }

    long count() {
        return count;
    }

    /** The position after the last one. */
    long end() {
        return position + count;
    }

    byte[] body() {
        return DoneCodec.encode(records);
    }

    Map<Long, Span> spans() {
        return spans;
    }
}
