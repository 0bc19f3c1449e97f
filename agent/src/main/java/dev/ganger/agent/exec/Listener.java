package dev.ganger.agent.exec;

import java.nio.ByteBuffer;

/**
 * Hears what becomes of one child.
 *
 * <p>All calls come from the one thread that serves every child, so they must be short, never block and never throw (what they
 * throw is a bug: it ends that thread and kills all children). They may come before {@link Processes#start} has returned.
 */
public interface Listener {
    /** Wrote this; the buffer is read-only and only valid during the call. */
    void stdout(ByteBuffer chunk);

    /** The same for standard error. */
    void stderr(ByteBuffer chunk);

    /** Comes once, and last: the child and all it started have ended, and all they wrote was handed over. */
    void ended(Exit exit);
}
