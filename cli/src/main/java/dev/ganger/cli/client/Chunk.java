package dev.ganger.cli.client;

import com.google.protobuf.ByteString;
import dev.ganger.model.StreamId;

/**
 * Some bytes that a task wrote, each once and in order.
 *
 * @param stream  whose, and which of its streams
 * @param offset  where the first of them stands
 * @param data    may be empty: then only the place is told
 * @param missing how many bytes before them are not kept
 */
public record Chunk(StreamId stream, long offset, ByteString data, long missing) {}
