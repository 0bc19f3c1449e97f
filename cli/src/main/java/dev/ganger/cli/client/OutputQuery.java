package dev.ganger.cli.client;

import dev.ganger.model.Indices;
import dev.ganger.model.StreamName;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which output to read.
 *
 * @param indices    of these tasks; null: of all
 * @param attempt    only attempts of this number; 0: the newest ones; {@link #EVERY_ATTEMPT}
 * @param streams    which streams
 * @param follow     go on until the tasks are final
 * @param wholeLines no stream in the middle of another one's line
 * @param tail       begin with the last lines of each stream, so many; null: at the start
 */
public record OutputQuery(
        long job,
        @Nullable Indices indices,
        int attempt,
        Set<StreamName> streams,
        boolean follow,
        boolean wholeLines,
        @Nullable Long tail) {
    /** Also those that were over before; to follow with. */
    public static final int EVERY_ATTEMPT = -1;

    public OutputQuery {
        streams = Set.copyOf(streams);
    }
}
