package dev.ganger.coordinator.store;

import dev.ganger.fuzz.Fuzz;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Rows of the journal and of the done queue that are any bytes are read, or refused in a sentence. */
final class JournalFuzzTest {
    @TestFactory
    Stream<DynamicTest> rows() {
        var batches = Stream.concat(GoldenEvents.V1.stream(), GoldenEvents.V2.stream())
                .map(event -> EventCodec.encode(List.of(event)))
                .toList();
        return Fuzz.tests(
                Fuzz.of("a row of the journal", EventCodec::decode, IllegalArgumentException.class).from(batches),
                Fuzz.of("a snapshot", input -> {
                    var in = new ByteArrayInputStream(input);
                    while (EventCodec.read(in) != null) {
                        // the next one
                    }
                }, IllegalArgumentException.class, IOException.class).from(batches),
                Fuzz.of("a block of results", input -> DoneCodec.decode(input).forEach(record -> {
                    if (record.hasResult()) {
                        DoneCodec.result(record);
                    } else {
                        DoneCodec.cancelledRange(record);
                    }
                }), IllegalArgumentException.class).from(List.of(DoneCodec.encode(GoldenTest.DONE))));
    }
}
