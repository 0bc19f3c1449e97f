package dev.ganger.cli.client;

import dev.ganger.model.Indices;
import dev.ganger.model.JobSpec;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A job to be submitted.
 *
 * @param key      the same key gives the same job
 * @param patience how long to wait for room in the queue; zero: not at all; null: as long as it takes
 */
public record Submission(JobSpec spec, String key, Tasks tasks, @Nullable Duration patience) {

    /** Nothing is read for it that cannot be read again. */
    boolean isRepeatable() {
        return !(tasks instanceof EachEntry(var entries)) || entries.isRepeatable();
    }

    /** Which tasks there are. */
    public sealed interface Tasks {}

    /** One. */
    public record Single() implements Tasks {}

    /** One for each index. */
    public record Array(Indices indices) implements Tasks {}

    /** One for each entry. */
    public record EachEntry(EntrySource entries) implements Tasks {}

    /** One for each agent that is there when it is accepted. */
    public record EachAgent() implements Tasks {}
}
