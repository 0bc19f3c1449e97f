package dev.ganger.agent.output;

import dev.ganger.model.StreamId;

/** Some bytes of a stream to be sent; the last ones of it, or not. */
record Chunk(StreamId stream, long offset, byte[] data, boolean last) {}
