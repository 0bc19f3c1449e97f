package dev.ganger.cli.view;

import com.google.protobuf.ByteString;
import dev.ganger.model.StreamId;
import dev.ganger.model.StreamName;

/** Where what tasks write goes: each of their streams to the standard stream of that name. */
final class TaskStreams implements TaskOutput {
    private final Outlet out;
    private final Outlet err;
    private final boolean oneScreen;
    private StreamName last = StreamName.STDOUT;

    TaskStreams(Outlet out, Outlet err, boolean oneScreen) {
        this.out = out;
        this.err = err;
        this.oneScreen = oneScreen;
    }

    private Outlet outlet(StreamName name) {
        return switch (name) {
            case STDOUT -> out;
            case STDERR -> err;
        };
    }

    /** Keeps the order of the two streams, should they have the same end. */
    @Override
    public void write(StreamId source, long offset, ByteString data) {
        if (data.isEmpty()) {
            return;
        }
        if (source.name() != last) {
            if (oneScreen) {
                outlet(last).makeRoom(source);
            }
            outlet(last).flush();
            last = source.name();
        }
        outlet(last).makeRoom(source);
        outlet(last).write(source, data);
    }

    @Override
    public void end(StreamId source) {
        outlet(source.name()).end(source);
    }

    @Override
    public void flush() {
        outlet(last).flush();
    }
}
