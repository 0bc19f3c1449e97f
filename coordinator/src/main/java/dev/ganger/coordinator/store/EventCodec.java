package dev.ganger.coordinator.store;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.ganger.coordinator.core.Event;
import dev.ganger.coordinator.store.proto.BatchRecord;
import dev.ganger.coordinator.store.proto.EventRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of events: a batch of them as one journal row, or one after the other in a snapshot. Reading throws
 * IllegalArgumentException, in a sentence, where bytes are not those of events that this version knows.
 */
final class EventCodec {
    private EventCodec() {}

    static byte[] encode(List<Event.Durable> events) {
        var batch = BatchRecord.newBuilder();
        events.forEach(event -> batch.addEvents(EventToJournal.record(event)));
        return batch.build().toByteArray();
    }

    static List<Event.Durable> decode(byte[] body) {
        try {
            return BatchRecord.parseFrom(body).getEventsList().stream().map(EventFromJournal::event).toList();
        } catch (InvalidProtocolBufferException malformed) {
            throw new IllegalArgumentException("these bytes are no batch of events: " + malformed.getMessage(), malformed);
        }
    }

    static void write(Event.Durable event, OutputStream out) throws IOException {
        EventToJournal.record(event).writeDelimitedTo(out);
    }

    /** The next event that {@link #write} wrote; null at the end. */
    static Event.@Nullable Durable read(InputStream in) {
        try {
            var record = EventRecord.parseDelimitedFrom(in);
            return record == null ? null : EventFromJournal.event(record);
        } catch (IOException malformed) {
            throw new IllegalArgumentException("these bytes are no event: " + malformed.getMessage(), malformed);
        }
    }
}
