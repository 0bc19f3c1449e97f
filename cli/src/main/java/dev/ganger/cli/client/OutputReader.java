package dev.ganger.cli.client;

import dev.ganger.model.Result;

/** Who is given what tasks write, and how they end. */
public interface OutputReader {
    /** Each byte of a stream once, in order, over all breaks of the connection. */
    void chunk(Chunk chunk);

    /** Comes after the last byte of its task, once. */
    void result(Result result);
}
