package dev.ganger.coordinator.api;

import dev.ganger.coordinator.core.Views;
import dev.ganger.model.Indices;
import dev.ganger.model.StreamId;
import dev.ganger.model.StreamName;
import dev.ganger.proto.v1.ReadOutputRequest;
import dev.ganger.wire.FromWire;
import io.grpc.Status;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to read, understood.
 *
 * @param indices    tasks of the job
 * @param everything whether those are all its tasks
 * @param attempt    0: the newest one now, and later ones
 * @param tail       so many last lines; null: from the start
 * @param seen       where reading goes on, in this order
 * @param every      also attempts that were over before
 */
record OutputQuery(
        long job,
        Indices indices,
        boolean everything,
        int attempt,
        Set<StreamName> streams,
        boolean wholeLines,
        @Nullable Long tail,
        long after,
        Map<StreamId, Long> seen,
        boolean every) {

    /** Throws what the call fails with if there are no such tasks. */
    static OutputQuery of(ReadOutputRequest request, Views.Origin origin) {
        var indices = request.hasIndices() ? FromWire.indices(request.getIndices()) : origin.indices();
        var streams = EnumSet.noneOf(StreamName.class);
        request.getStreamsList().forEach(stream -> streams.add(FromWire.stream(stream)));
        var seen = new LinkedHashMap<StreamId, Long>();
        for (var position : request.getSeenList()) {
            seen.put(FromWire.stream(position), notNegative("an offset", position.getOffset()));
        }
        if (request.hasIndices()) {
            requireTasks(indices, origin);
        }
        notNegative("an attempt", request.getAttempt());
        return new OutputQuery(request.getJob(), indices, !request.hasIndices(), request.getAttempt(),
                streams.isEmpty() ? EnumSet.allOf(StreamName.class) : streams, request.getWholeLines(),
                request.hasTail() ? notNegative("a number of lines", request.getTail()) : null,
                notNegative("a position", request.getAfter()), seen,
                request.getEveryAttempt());
    }

    private static long notNegative(String what, long number) {
        if (number < 0) {
            throw new IllegalArgumentException("%s is 0 or more, not %d".formatted(what, number));
        }
        return number;
    }

    private static void requireTasks(Indices indices, Views.Origin origin) {
        for (var range : indices.ranges()) {
            for (var index = range.first(); index <= range.last(); index += range.step()) {
                if (origin.indices().ordinalOf(index) < 0) {
                    throw Status.NOT_FOUND.withDescription("job %d has no task %d; its tasks are %s"
                            .formatted(origin.job(), index, origin.indices())).asRuntimeException();
                }
            }
        }
    }

    /** Whether this goes on after a cut. */
    boolean isResumed() {
        return after > 0 || !seen.isEmpty();
    }

    boolean wants(long index) {
        return everything || indices.ordinalOf(index) >= 0;
    }
}
