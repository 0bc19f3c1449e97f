package dev.ganger.agent.exec;

import dev.ganger.model.Bytes;
import dev.ganger.model.Ending.Obstacle;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;

/** The descriptors of one start: at its end all are closed that were not kept, above all the child's sides of its pipes. */
final class OpenDescriptors implements AutoCloseable {
    private final Arena arena;
    private final List<Integer> open = new ArrayList<>();

    OpenDescriptors(Arena arena) {
        this.arena = arena;
    }

    /** The two ends of a pipe: the first is ours and never blocks. */
    record Pipe(int read, int write) {}

    Pipe pipe() throws CannotStart {
        var ends = arena.allocate(LibC.INT, 2);
        check(Descriptors.pipe(ends));
        var pipe = new Pipe(add(ends.getAtIndex(LibC.INT, 0)), add(ends.getAtIndex(LibC.INT, 1)));
        Descriptors.neverBlock(pipe.read());
        return pipe;
    }

    int memory(Bytes content) throws CannotStart {
        return add(check(Descriptors.memory(content.toByteArray())));
    }

    int add(int descriptor) {
        open.add(descriptor);
        return descriptor;
    }

    /** Somebody else closes these. */
    void keep(Integer... descriptors) {
        open.removeAll(List.of(descriptors));
    }

    void closeNow(Integer... descriptors) {
        keep(descriptors);
        List.of(descriptors).forEach(Descriptors::close);
    }

    static int check(int result) throws CannotStart {
        if (result < 0) {
            throw new CannotStart(Obstacle.OTHER,
                    "no descriptor can be made for a child: %s; raise the agent's limit of open files (ulimit -n) or run fewer tasks"
                            .formatted(LibC.text(-result)));
        }
        return result;
    }

    @Override
    public void close() {
        open.forEach(Descriptors::close);
    }
}
