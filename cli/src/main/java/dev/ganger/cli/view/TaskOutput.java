package dev.ganger.cli.view;

import com.google.protobuf.ByteString;
import dev.ganger.model.StreamId;

/** Where what tasks write goes. */
public interface TaskOutput {
    /** Some bytes of a stream, of which the first stands at the offset. */
    void write(StreamId source, long offset, ByteString data);

    /** The stream has ended, or no more of it is read. */
    void end(StreamId source);

    void flush();
}
