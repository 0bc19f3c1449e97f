package dev.ganger.cli.command;

import com.google.protobuf.ByteString;
import dev.ganger.model.Indices;
import dev.ganger.model.StreamId;
import dev.ganger.proto.v1.OutputChunk;
import dev.ganger.proto.v1.OutputStream;
import dev.ganger.proto.v1.ReadOutputRequest;
import dev.ganger.proto.v1.ReadOutputResponse;
import dev.ganger.proto.v1.StreamPosition;
import dev.ganger.wire.FromWire;
import dev.ganger.wire.ToWire;
import dev.ganger.wire.ViewsToWire;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One call that reads output of the fake coordinator. */
final class FakeReading {
    private final FakeCoordinator coordinator;
    private final ReadOutputRequest request;
    private final ServerCallStreamObserver<ReadOutputResponse> call;
    private final Map<StreamId, Long> sent = new HashMap<>();
    private final Set<FakeOutput.Piece> passed = Collections.newSetFromMap(new IdentityHashMap<>());
    private final @Nullable Indices indices;
    private long after;
    private @Nullable StreamId open;
    private int left;

    /** The call ends here, as the test wants it. */
    static final class Broken extends RuntimeException {}

    FakeReading(FakeCoordinator coordinator, ReadOutputRequest request, ServerCallStreamObserver<ReadOutputResponse> call,
            @Nullable FakeReading before) {
        this.coordinator = coordinator;
        this.request = request;
        this.call = call;
        this.indices = request.hasIndices() ? FromWire.indices(request.getIndices()) : null;
        this.after = request.getAfter();
        this.left = coordinator.output.breaks.isEmpty() ? Integer.MAX_VALUE : coordinator.output.breaks.poll();
        request.getSeenList().forEach(seen -> sent.put(FromWire.stream(seen), seen.getOffset()));
        check(before);
    }

    /** A reader that was cut must ask for exactly what it has not been sent. */
    private void check(@Nullable FakeReading before) {
        var wrongs = coordinator.output.wrongs;
        if (before == null) {
            return;
        }
        if (after != before.after) {
            wrongs.add("after " + after + " instead of " + before.after);
        }
        if (!sent.equals(before.sent)) {
            wrongs.add("seen " + sent + " instead of " + before.sent);
        }
        if (request.hasTail() && !before.sent.isEmpty()) {
            wrongs.add("asked for the tail again");
        }
        var first = request.getSeenCount() == 0 ? null : FromWire.stream(request.getSeen(0));
        if (request.getWholeLines() && before.open != null && !before.open.equals(first)) {
            wrongs.add("first seen is " + first + " and not " + before.open + ", whose line was cut");
        }
    }

    void serve() {
        if (request.hasTail()) {
            tail();
        }
        for (StreamPosition seen : request.getSeenList()) {
            var stream = FromWire.stream(seen);
            List.copyOf(coordinator.output.log).stream()
                    .filter(piece -> piece instanceof FakeOutput.Written written && written.stream().equals(stream))
                    .forEach(this::pass);
        }
        if (!request.getFollow()) {
            coordinator.output.log.stream().sorted(Comparator.comparingLong(piece -> piece.task().index())).forEach(this::pass);
            return;
        }
        var next = 0;
        while (!call.isCancelled()) {
            for (; next < coordinator.output.log.size(); next++) {
                pass(coordinator.output.log.get(next));
            }
            if (finished()) {
                breakIf(left == 0);
                return;
            }
            breakIf(left == 0);
            coordinator.awaitChange(20);
        }
    }

    private boolean finished() {
        var job = coordinator.jobs.get(request.getJob());
        return job == null || (indices == null
                ? job.view().state().isFinal()
                : indices.ranges().stream().allMatch(range -> job.runs.keySet().contains(range.first())
                        && job.runs.keySet().contains(range.last())));
    }

    private static void breakIf(boolean wanted) {
        if (wanted) {
            throw new Broken();
        }
    }

    private void tail() {
        var texts = new LinkedHashMap<StreamId, ByteString>();
        for (var piece : coordinator.output.log) {
            if (piece instanceof FakeOutput.Written written && wanted(written)) {
                texts.merge(written.stream(), written.data(), ByteString::concat);
            }
        }
        texts.forEach((stream, text) -> {
            var lines = new ArrayList<>(text.toStringUtf8().lines().toList());
            var kept = String.join("\n", lines.subList((int) Math.max(0, lines.size() - request.getTail()), lines.size()));
            var extra = kept.isEmpty() ? 0 : kept.length() + (text.toStringUtf8().endsWith("\n") ? 1 : 0);
            send(new FakeOutput.Written(stream, text.size() - extra, ByteString.EMPTY));
        });
    }

    private boolean wanted(FakeOutput.Piece piece) {
        var mine = piece.task().job() == request.getJob() && (indices == null || indices.ordinalOf(piece.task().index()) >= 0);
        return mine && switch (piece) {
            case FakeOutput.Ended(var result) -> result.position() > request.getAfter();
            case FakeOutput.Written written -> !isOld(written)
                    && (request.getStreamsCount() == 0 || request.getStreamsList().contains(name(written)))
                    && (request.getAttempt() == 0 || request.getAttempt() == written.stream().attempt().number());
        };
    }

    private boolean isOld(FakeOutput.Written written) {
        return coordinator.results.stream().anyMatch(result -> result.position() <= request.getAfter()
                && result.task().equals(written.task()));
    }

    private static OutputStream name(FakeOutput.Written written) {
        return ToWire.stream(written.stream().name());
    }

    private void pass(FakeOutput.Piece piece) {
        if (!wanted(piece) || !passed.add(piece)) {
            return;
        }
        switch (piece) {
            case FakeOutput.Ended(var result) -> {
                breakIf(left-- == 0);
                call.onNext(ReadOutputResponse.newBuilder().setResult(ViewsToWire.result(result).toBuilder()
                        .setRun(ToWire.run(result.run().withoutOutput()))).build());
                after = result.position();
                sent.keySet().removeIf(stream -> stream.attempt().task().equals(result.task()));
                open = open == null || sent.containsKey(open) ? open : null;
            }
            case FakeOutput.Written written -> {
                var known = (int) Math.max(0, sent.getOrDefault(written.stream(), 0L) - written.offset());
                if (known < written.data().size()) {
                    send(new FakeOutput.Written(written.stream(), written.offset() + known, written.data().substring(known)));
                }
            }
        }
    }

    private void send(FakeOutput.Written written) {
        breakIf(left-- == 0);
        call.onNext(ReadOutputResponse.newBuilder()
                .setChunk(OutputChunk.newBuilder()
                        .setPosition(ToWire.position(written.stream(), written.offset()))
                        .setData(written.data()))
                .build());
        sent.put(written.stream(), written.end());
        if (!written.data().isEmpty()) {
            open = written.data().byteAt(written.data().size() - 1) == '\n' ? null : written.stream();
        }
    }
}
