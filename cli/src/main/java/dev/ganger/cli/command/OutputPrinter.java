package dev.ganger.cli.command;

import dev.ganger.cli.client.Chunk;
import dev.ganger.cli.client.OutputReader;
import dev.ganger.cli.view.Output;
import dev.ganger.cli.view.TaskOutput;
import dev.ganger.cli.view.Words;
import dev.ganger.model.Result;
import dev.ganger.model.StreamId;
import dev.ganger.model.StreamName;
import dev.ganger.model.TaskId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Prints what tasks write, and says once for each stream what is missing in it. */
final class OutputPrinter implements OutputReader {
    private final Output output;
    private final TaskOutput written;
    private final boolean atOnce;
    private final Map<StreamId, Gap> gaps = new LinkedHashMap<>();
    private final Map<TaskId, Set<StreamId>> open = new LinkedHashMap<>();

    OutputPrinter(Output output, TaskOutput written, boolean atOnce) {
        this.output = output;
        this.written = written;
        this.atOnce = atOnce;
    }

    /** Bytes that are not kept: how many, and between which offsets. */
    private record Gap(long bytes, long from, long to) {
        Gap and(Gap later) {
            return new Gap(bytes + later.bytes, from, later.to);
        }
    }

    @Override
    public void chunk(Chunk chunk) {
        var stream = chunk.stream();
        open.computeIfAbsent(stream.attempt().task(), _ -> new LinkedHashSet<>()).add(stream);
        if (chunk.missing() > 0) {
            gaps.merge(stream, new Gap(chunk.missing(), chunk.offset() - chunk.missing(), chunk.offset()), Gap::and);
        }
        written.write(stream, chunk.offset(), chunk.data());
        if (atOnce) {
            written.flush();
        }
    }

    @Override
    public void result(Result result) {
        end(open.remove(result.task()));
    }

    /** No more is read. */
    void end() {
        open.values().forEach(this::end);
        open.clear();
        output.flush();
    }

    private void end(@org.jspecify.annotations.Nullable Set<StreamId> streams) {
        for (var stream : streams == null ? Set.<StreamId>of() : streams) {
            written.end(stream);
            var gap = gaps.remove(stream);
            if (gap != null) {
                output.note("task %s: %s of standard %s not kept, between offsets %d and %d".formatted(
                        stream.attempt().task(), Words.count(gap.bytes(), "byte"),
                        (stream.name() == StreamName.STDOUT ? "output" : "error") + (gap.bytes() == 1 ? " is" : " are"),
                        gap.from(),
                        gap.to()));
            }
        }
    }
}
