package dev.ganger.coordinator.store;

import dev.ganger.coordinator.core.AttemptRange;
import dev.ganger.coordinator.core.Event;
import dev.ganger.coordinator.core.Payload;
import dev.ganger.coordinator.store.proto.BatchRecord;
import dev.ganger.coordinator.store.proto.DoneRecord;
import dev.ganger.coordinator.store.proto.EventRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What was ever written stays readable. */
final class GoldenTest {
    static final List<DoneRecord> DONE = List.of(
            DoneCodec.record(Samples.recorded(Samples.result(1, 41, 1))),
            DoneCodec.record(Samples.recorded(Samples.fullResult(2))),
            DoneCodec.record(Samples.cancelledRange(3, 43)));

    static final Payload.Recorded RETURNED = new Payload.Recorded(Samples.result(1, 41, 1),
            List.of(new AttemptRange(1, 1), new AttemptRange(3, 4)));

    private static byte[] golden(String version, String name) throws IOException {
        try (var in = GoldenTest.class.getResourceAsStream("/golden/%s/%s".formatted(version, name) + ".bin")) {
            return Objects
                    .requireNonNull(in,
                            "no golden file for %s/%s".formatted(version, name) + ": run GoldenWriter and commit what it writes")
                    .readAllBytes();
        }
    }

    @Test
    void everyDurableEventHasASample() {
        assertThat(GoldenEvents.V1).extracting(event -> (Object) event.getClass())
                .containsExactlyInAnyOrder((Object[]) Event.Durable.class.getPermittedSubclasses());
    }

    @Test
    void everyGoldenEventIsRead() throws IOException {
        for (var type : Event.Durable.class.getPermittedSubclasses()) {
            var expected = GoldenEvents.V1.stream().filter(type::isInstance).toList();
            assertThat(EventCodec.decode(golden("v1", type.getSimpleName()))).isEqualTo(expected);
        }
    }

    @Test
    void whatEventsHaveGrownIsRead() throws IOException {
        for (var expected : GoldenEvents.V2) {
            assertThat(EventCodec.decode(golden("v2", expected.getClass().getSimpleName()))).containsExactly(expected);
        }
        for (var expected : GoldenEvents.V3) {
            assertThat(EventCodec.decode(golden("v3", expected.getClass().getSimpleName()))).containsExactly(expected);
        }
    }

    @Test
    void goldenResultsAreRead() throws IOException {
        var records = DoneCodec.decode(golden("v1", "DoneBlock"));
        assertThat(records).hasSize(3);
        assertThat(DoneCodec.result(records.get(0))).isEqualTo(Samples.result(1, 41, 1));
        assertThat(DoneCodec.result(records.get(1))).isEqualTo(Samples.fullResult(2));
        assertThat(DoneCodec.cancelledRange(records.get(2))).isEqualTo(Samples.cancelledRange(3, 43));
    }

    @Test
    void resultsOfOldNameNoReturnedAttemptsAndThoseOfNowDo() throws IOException {
        assertThat(DoneCodec.namesReturned(golden("v1", "DoneBlock"))).isFalse();
        var now = golden("v3", "DoneBlock");
        assertThat(DoneCodec.namesReturned(now)).isTrue();
        assertThat(DoneCodec.decode(now)).extracting(DoneCodec::recorded).containsExactly(RETURNED);
    }

    @Test
    void everyEventSurvivesABatchAndASnapshot() throws IOException {
        assertThat(EventCodec.decode(EventCodec.encode(GoldenEvents.V1))).isEqualTo(GoldenEvents.V1);
        assertThat(EventCodec.decode(EventCodec.encode(GoldenEvents.V2))).isEqualTo(GoldenEvents.V2);
        assertThat(EventCodec.decode(EventCodec.encode(GoldenEvents.V3))).isEqualTo(GoldenEvents.V3);
        var out = new ByteArrayOutputStream();
        for (var event : GoldenEvents.V1) {
            EventCodec.write(event, out);
        }
        var in = new ByteArrayInputStream(out.toByteArray());
        for (var event : GoldenEvents.V1) {
            assertThat(EventCodec.read(in)).isEqualTo(event);
        }
        assertThat(EventCodec.read(in)).isNull();
    }

    @Test
    void anEventOfALaterVersionIsRefused() {
        var unknown = BatchRecord.newBuilder().addEvents(EventRecord.getDefaultInstance()).build().toByteArray();
        assertThatThrownBy(() -> EventCodec.decode(unknown)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("newer version");
    }

    @Test
    void aNoOpResultIsSmall() {
        assertThat(DoneCodec.encode(List.of(DoneCodec.record(Samples.recorded(Samples.result(1_000_000, 1000, 500_000))))))
                .hasSizeLessThan(110);
    }

    @Test
    void halfAnEventIsRefused() {
        var bytes = EventCodec.encode(GoldenEvents.V1);
        assertThatThrownBy(() -> EventCodec.decode(Arrays.copyOf(bytes, bytes.length / 2)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
