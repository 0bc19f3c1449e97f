package dev.ganger.coordinator.store;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.ganger.coordinator.core.Payload;
import dev.ganger.coordinator.store.proto.CancelledRange;
import dev.ganger.coordinator.store.proto.DoneBlock;
import dev.ganger.coordinator.store.proto.DoneRecord;
import dev.ganger.model.Result;
import dev.ganger.wire.FromWire;
import dev.ganger.wire.ToWire;
import dev.ganger.wire.ViewsFromWire;
import dev.ganger.wire.ViewsToWire;
import java.util.List;

/** The bytes of done-queue records. */
final class DoneCodec {
    private DoneCodec() {}

    static DoneRecord record(Payload.Recorded recorded) {
        return DoneRecord.newBuilder().setResult(ViewsToWire.result(recorded.result()))
                .addAllReturned(ValueToJournal.returned(recorded.returned())).build();
    }

    static DoneRecord record(Payload.CancelledRange range) {
        return DoneRecord.newBuilder()
                .setCancelledRange(CancelledRange.newBuilder()
                        .setPosition(range.position())
                        .setJob(range.job())
                        .setRound(range.round())
                        .setIndices(ToWire.indices(range.indices()))
                        .setReason(range.reason())
                        .setAt(ToWire.instant(range.at())))
                .build();
    }

    static byte[] encode(List<DoneRecord> records) {
        return DoneBlock.newBuilder().addAllRecords(records).setNamesReturned(true).build().toByteArray();
    }

    /** Throws IllegalArgumentException if these are not the bytes of a block that this version knows. */
    static List<DoneRecord> decode(byte[] body) {
        return block(body).getRecordsList();
    }

    /** Whether the records of a block name the attempts that were given back: those of old do not. */
    static boolean namesReturned(byte[] body) {
        return block(body).getNamesReturned();
    }

    private static DoneBlock block(byte[] body) {
        try {
            return DoneBlock.parseFrom(body);
        } catch (InvalidProtocolBufferException malformed) {
            throw new IllegalArgumentException("these bytes are no block of results: " + malformed.getMessage(), malformed);
        }
    }

    static Result result(DoneRecord record) {
        return ViewsFromWire.result(record.getResult());
    }

    static Payload.Recorded recorded(DoneRecord record) {
        return new Payload.Recorded(result(record), ValueFromJournal.returned(record.getReturnedList()));
    }

    static Payload.CancelledRange cancelledRange(DoneRecord record) {
        var range = record.getCancelledRange();
        return new Payload.CancelledRange(range.getPosition(), range.getJob(), range.getRound(),
                FromWire.indices(range.getIndices()), range.getReason(), FromWire.instant(range.getAt()));
    }
}
