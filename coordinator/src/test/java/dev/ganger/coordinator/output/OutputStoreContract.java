package dev.ganger.coordinator.output;

import dev.ganger.model.Limits;
import dev.ganger.model.StreamId;
import dev.ganger.model.StreamName;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.ganger.coordinator.output.Sample.OUT;
import static dev.ganger.coordinator.output.Sample.all;
import static dev.ganger.coordinator.output.Sample.bytes;
import static dev.ganger.coordinator.output.Sample.stream;
import static dev.ganger.coordinator.output.Sample.text;
import static org.assertj.core.api.Assertions.assertThat;

/** What every store of output does, the real one and the fake. */
abstract class OutputStoreContract {
    private static final StreamId ERR = stream(1, 1, 1, StreamName.STDERR);

    @SuppressWarnings("NullAway.Init")
    private OutputStore store;

    abstract OutputStore openStore();

    /** Whatever the store does from time to time. */
    abstract void pass();

    @BeforeEach
    final void open() {
        store = openStore();
    }

    @AfterEach
    final void close() {
        store.close();
        store.close();
    }

    private void append(StreamId stream, long offset, String text) {
        store.append(stream, Limits.ALL_OUTPUT, offset, bytes(text));
    }

    @Test
    void nothingIsKnownOfANewStream() {
        assertThat(store.end(OUT)).isZero();
        assertThat(store.read(OUT, 0, 10)).isNull();
        assertThat(store.streams(1, 0, Limits.INDEX)).isEmpty();
        assertThat(store.jobs()).isEmpty();
    }

    @Test
    void whatIsAppendedIsReadAtOnceAndLater() {
        append(OUT, 0, "hello ");
        append(ERR, 0, "oops");
        append(OUT, 6, "world");
        assertThat(all(store, OUT)).isEqualTo("hello world");
        pass();
        assertThat(all(store, OUT)).isEqualTo("hello world");
        assertThat(all(store, ERR, 1)).isEqualTo("oops");
        assertThat(store.end(OUT)).isEqualTo(11);
    }

    @Test
    void readingBeginsAndEndsAnywhere() {
        append(OUT, 0, "0123");
        append(OUT, 4, "4567");
        for (var from = 0; from < 8; from++) {
            for (var most = 1; most < 10; most++) {
                var piece = Objects.requireNonNull(store.read(OUT, from, most));
                assertThat(piece.offset()).isEqualTo(from);
                assertThat("01234567".substring(from)).startsWith(text(piece));
                assertThat(piece.data().remaining()).isBetween(1, most);
            }
        }
        assertThat(store.read(OUT, 8, 1)).isNull();
        assertThat(store.read(OUT, 100, 1)).isNull();
    }

    @Test
    void whatIsThereAlreadyIsPassedOver() {
        append(OUT, 0, "abc");
        var data = bytes("XYZdef");
        store.append(OUT, Limits.ALL_OUTPUT, 0, data);
        assertThat(data.hasRemaining()).isFalse();
        append(OUT, 2, "Q");
        assertThat(all(store, OUT)).isEqualTo("abcdef");
        pass();
        append(OUT, 0, "XXXXXXg");
        assertThat(all(store, OUT)).isEqualTo("abcdefg");
    }

    @Test
    void aGapIsNeverRead() {
        append(OUT, 2, "cd");
        append(OUT, 6, "gh");
        assertThat(all(store, OUT)).isEqualTo("..cd..gh");
        append(OUT, 4, "EFGHi");
        assertThat(all(store, OUT)).isEqualTo("..cd..ghi");
        pass();
        var piece = Objects.requireNonNull(store.read(OUT, 4, 10));
        assertThat(piece.offset()).isEqualTo(6);
    }

    @Test
    void nothingAppendedIsNothingKept() {
        append(OUT, 0, "");
        append(OUT, 100, "");
        assertThat(store.end(OUT)).isZero();
        assertThat(store.streams(1, 0, 10)).isEmpty();
        assertThat(store.jobs()).isEmpty();
    }

    @Test
    void aLargeAppendIsKeptWhole() {
        var text = "0123456789".repeat(100_000);
        store.append(OUT, Limits.ALL_OUTPUT, 0, ByteBuffer.wrap(("ab" + text).getBytes(), 2, text.length()));
        assertThat(all(store, OUT, 77_777)).isEqualTo(text);
    }

    @Test
    void headAndTailOfALongStreamAreKept() {
        for (var at = 0; at < 1000; at += 10) {
            store.append(OUT, 100, at, bytes("%010d".formatted(at)));
            pass();
        }
        var kept = all(store, OUT, 7);
        assertThat(kept).hasSize(1000);
        for (var at = 0; at < 1000; at += 10) {
            assertThat(kept.substring(at, at + 10)).isIn("%010d".formatted(at), at >= 50 && at < 950 ? ".".repeat(10) : null);
        }
    }

    /** Limits around the borders of what is appended at once. */
    @Test
    void noByteOfHeadAndTailGoes() {
        for (var limit = 95; limit <= 106; limit++) {
            var stream = stream(limit, 1, 1, StreamName.STDOUT);
            for (var at = 0; at < 200; at += 10) {
                store.append(stream, limit, at, bytes("0123456789"));
            }
            pass();
            var kept = all(store, stream);
            assertThat(kept).hasSize(200);
            assertThat(kept.substring(0, limit / 2)).doesNotContain(".");
            assertThat(kept.substring(200 - (limit - limit / 2))).doesNotContain(".");
            assertThat(kept).contains(".");
        }
    }

    @Test
    void theEndOfAStreamIsKeptWhateverTheLimit() {
        store.append(OUT, 0, 0, bytes("abc"));
        pass();
        store.append(OUT, 0, 0, bytes("abcdef"));
        pass();
        assertThat(store.end(OUT)).isEqualTo(6);
        assertThat(all(store, OUT)).endsWith("def");
    }

    @Test
    void streamsAreListedInOrder() {
        var streams = new ArrayList<StreamId>();
        for (var index : List.of(2L, 10L)) {
            for (var number = 1; number <= 2; number++) {
                streams.add(stream(7, index, number, StreamName.STDOUT));
                streams.add(stream(7, index, number, StreamName.STDERR));
            }
        }
        streams.reversed().subList(0, 5).forEach(stream -> append(stream, 0, "x"));
        pass();
        streams.reversed().subList(3, 8).forEach(stream -> append(stream, 1, "y"));
        append(stream(8, 2, 1, StreamName.STDOUT), 0, "z");
        assertThat(store.streams(7, 0, Limits.INDEX)).isEqualTo(streams);
        assertThat(store.streams(7, 10, 10)).isEqualTo(streams.subList(4, 8));
        assertThat(store.streams(7, 3, 9)).isEmpty();
        assertThat(store.jobs()).containsExactlyInAnyOrder(7L, 8L);
    }

    @Test
    void watchersHearOfTheirJobOnly() {
        var heard = new ArrayList<StreamId>();
        var watch = store.watch(1, heard::add);
        var other = store.watch(1, _ -> {});
        append(OUT, 0, "a");
        append(OUT, 0, "a");
        append(stream(2, 1, 1, StreamName.STDOUT), 0, "a");
        append(ERR, 0, "a");
        watch.close();
        watch.close();
        append(OUT, 1, "b");
        other.close();
        assertThat(heard).containsExactly(OUT, ERR);
    }

    @Test
    void aForgottenJobBeginsAnew() {
        append(OUT, 0, "old old");
        append(stream(2, 1, 1, StreamName.STDOUT), 0, "kept");
        pass();
        append(OUT, 7, " old");
        assertThat(all(store, OUT)).isEqualTo("old old old");
        store.forget(1);
        assertThat(store.end(OUT)).isZero();
        assertThat(store.read(OUT, 0, 10)).isNull();
        assertThat(store.streams(1, 0, 10)).isEmpty();
        assertThat(store.jobs()).containsExactly(2L);
        append(OUT, 0, "new");
        assertThat(all(store, OUT)).isEqualTo("new");
        pass();
        append(OUT, 3, " new");
        assertThat(all(store, OUT)).isEqualTo("new new");
        assertThat(store.jobs()).containsExactlyInAnyOrder(1L, 2L);
    }

    @Test
    void syncCompletes() {
        assertThat(store.sync()).succeedsWithin(java.time.Duration.ofSeconds(30));
        append(OUT, 0, "a");
        var all = IntStream.range(0, 10).mapToObj(_ -> store.sync()).toList();
        assertThat(all).allSatisfy(future -> assertThat(future).succeedsWithin(java.time.Duration.ofSeconds(30)));
        assertThat(store.bytes()).isPositive();
    }
}
