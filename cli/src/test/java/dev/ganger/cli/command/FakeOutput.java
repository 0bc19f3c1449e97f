package dev.ganger.cli.command;

import com.google.protobuf.ByteString;
import dev.ganger.model.AttemptId;
import dev.ganger.model.Bytes;
import dev.ganger.model.Result;
import dev.ganger.model.Run;
import dev.ganger.model.StreamId;
import dev.ganger.model.StreamName;
import dev.ganger.model.StreamOutput;
import dev.ganger.model.TaskId;
import dev.ganger.proto.v1.ReadOutputRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the fake's tasks wrote, in the order in which it came; guarded by the coordinator. */
final class FakeOutput {
    private final FakeCoordinator coordinator;
    final List<Piece> log = new ArrayList<>();
    final Map<StreamId, Long> ends = new HashMap<>();
    private final Map<StreamId, Long> gaps = new HashMap<>();
    /** After how many messages each of the next calls breaks. */
    final ArrayDeque<Integer> breaks = new ArrayDeque<>();
    /** What clients did that the contract does not allow. */
    final List<String> wrongs = new ArrayList<>();
    ReadOutputRequest lastRequest = ReadOutputRequest.getDefaultInstance();
    /** How many calls were made. */
    int calls;

    FakeOutput(FakeCoordinator coordinator) {
        this.coordinator = coordinator;
    }

    /** Something that is sent to readers. */
    sealed interface Piece {
        TaskId task();
    }

    /** Some bytes. */
    record Written(StreamId stream, long offset, ByteString data) implements Piece {
        @Override
        public TaskId task() {
            return stream.attempt().task();
        }

        long end() {
            return offset + data.size();
        }
    }

    /** An end. */
    record Ended(Result result) implements Piece {
        @Override
        public TaskId task() {
            return result.task();
        }
    }

    void out(long job, long index, String text) {
        write(new StreamId(new AttemptId(job, index, 1), StreamName.STDOUT), text.getBytes(StandardCharsets.UTF_8));
    }

    void err(long job, long index, String text) {
        write(new StreamId(new AttemptId(job, index, 1), StreamName.STDERR), text.getBytes(StandardCharsets.UTF_8));
    }

    void write(StreamId stream, byte... data) {
        writeAt(stream, ends.getOrDefault(stream, 0L), data);
    }

    /** Leaves a gap if the offset is not the end. */
    void writeAt(StreamId stream, long offset, byte... data) {
        synchronized (coordinator) {
            var end = ends.getOrDefault(stream, 0L);
            gaps.merge(stream, offset - end, Long::sum);
            ends.put(stream, offset + data.length);
            log.add(new Written(stream, offset, ByteString.copyFrom(data)));
            coordinator.notifyAll();
        }
    }

    void add(Result result) {
        log.add(new Ended(result));
    }

    AttemptId newest(TaskId task) {
        var number = ends.keySet().stream().filter(stream -> stream.attempt().task().equals(task))
                .mapToInt(stream -> stream.attempt().number()).max().orElse(1);
        return task.attempt(number);
    }

    /** The run with what was scripted for it; else what it has inside becomes its output. */
    Run complete(AttemptId attempt, Run run) {
        return new Run(run.pid(), run.startedAt(), run.finishedAt(), run.ending(), run.cpuUser(), run.cpuSystem(),
                run.maxRssBytes(), run.strays(), complete(new StreamId(attempt, StreamName.STDOUT), run.stdout()),
                complete(new StreamId(attempt, StreamName.STDERR), run.stderr()), run.survivors());
    }

    private StreamOutput complete(StreamId stream, StreamOutput written) {
        if (ends.containsKey(stream)) {
            return new StreamOutput(ends.getOrDefault(stream, 0L), written.sha256(), gaps.getOrDefault(stream, 0L), Bytes.EMPTY);
        }
        var bytes = ByteString.copyFrom(written.inline().toByteArray());
        var head = (int) written.headBytes();
        if (head > 0) {
            log.add(new Written(stream, 0, bytes.substring(0, head)));
        }
        if (head < bytes.size()) {
            log.add(new Written(stream, head + written.dropped(), bytes.substring(head)));
        }
        return written;
    }
}
