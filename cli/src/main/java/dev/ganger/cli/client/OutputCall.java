package dev.ganger.cli.client;

import com.google.protobuf.ByteString;
import dev.ganger.model.AttemptId;
import dev.ganger.model.Result;
import dev.ganger.model.StreamId;
import dev.ganger.model.TaskId;
import dev.ganger.proto.v1.OutputChunk;
import dev.ganger.proto.v1.ReadOutputRequest;
import dev.ganger.proto.v1.ReadOutputResponse;
import dev.ganger.wire.FromWire;
import dev.ganger.wire.ToWire;
import dev.ganger.wire.ViewsFromWire;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads output, and knows how far it is: so that it can go on over another connection without a byte doubled or missing. */
final class OutputCall {
    private final OutputQuery query;
    private final OutputReader reader;
    /** How far each stream is, of tasks whose result was not read. */
    private final Map<TaskId, Map<StreamId, Long>> ends = new LinkedHashMap<>();
    private long after;
    private boolean begun;
    /** The stream whose line is not complete. */
    private @Nullable StreamId open;

    OutputCall(OutputQuery query, OutputReader reader) {
        this.query = query;
        this.reader = reader;
    }

    /** From the start; or from where the last call broke. */
    ReadOutputRequest request() {
        var request = ReadOutputRequest.newBuilder()
                .setJob(query.job())
                .setAttempt(Math.max(0, query.attempt()))
                .setEveryAttempt(query.attempt() == OutputQuery.EVERY_ATTEMPT)
                .setFollow(query.follow())
                .setWholeLines(query.wholeLines())
                .setAfter(after);
        query.streams().stream().sorted().map(ToWire::stream).forEach(request::addStreams);
        if (query.indices() != null) {
            request.setIndices(ToWire.indices(query.indices()));
        }
        if (query.tail() != null && !begun) {
            request.setTail(query.tail());
        }
        addSeen(request);
        return request.build();
    }

    /** The line that was cut must be ended before another one begins. */
    private void addSeen(ReadOutputRequest.Builder request) {
        var first = query.wholeLines() ? open : null;
        var cut = first == null ? null : ends.getOrDefault(first.attempt().task(), Map.of()).get(first);
        if (first != null && cut != null) {
            request.addSeen(ToWire.position(first, cut));
        }
        for (var streams : ends.values()) {
            streams.forEach((stream, end) -> {
                if (cut == null || !stream.equals(first)) {
                    request.addSeen(ToWire.position(stream, end));
                }
            });
        }
    }

    void take(ReadOutputResponse news) {
        switch (news.getMessageCase()) {
            case CHUNK -> take(news.getChunk());
            case RESULT -> take(ViewsFromWire.result(news.getResult()));
            case MESSAGE_NOT_SET -> {
            }
        }
        begun = true;
    }

    private void take(OutputChunk chunk) {
        var stream = FromWire.stream(chunk.getPosition());
        var offset = chunk.getPosition().getOffset();
        var data = chunk.getData();
        var streams = ends.computeIfAbsent(stream.attempt().task(), _ -> new LinkedHashMap<>());
        var end = streams.getOrDefault(stream, query.tail() == null ? 0 : offset);
        var known = Math.min(data.size(), Math.max(0, end - offset));
        if (known > 0) {
            data = data.substring((int) known);
            offset += known;
        }
        if (offset < end) {
            return;
        }
        streams.put(stream, offset + data.size());
        if (!data.isEmpty()) {
            open = data.byteAt(data.size() - 1) == '\n' ? null : stream;
        }
        reader.chunk(new Chunk(stream, offset, data, offset - end));
    }

    private void take(Result result) {
        after = result.position();
        var streams = ends.remove(result.task());
        if (query.attempt() <= 0 || query.attempt() == result.attempt()) {
            for (var name : query.streams()) {
                var stream = new StreamId(new AttemptId(result.task().job(), result.task().index(), result.attempt()), name);
                tellWhatIsMissing(stream, streams == null ? null : streams.get(stream), result.run().output(name).bytes());
            }
        }
        reader.result(result);
    }

    /** Behind the last byte that came. */
    private void tellWhatIsMissing(StreamId stream, @Nullable Long end, long written) {
        if (end == null && query.tail() != null) {
            return;
        }
        var missing = written - (end == null ? 0 : end);
        if (missing > 0) {
            reader.chunk(new Chunk(stream, written, ByteString.EMPTY, missing));
        }
    }
}
