package dev.ganger.coordinator.api;

import dev.ganger.coordinator.core.Settings;
import dev.ganger.model.Indices;
import dev.ganger.model.JobSpec;
import dev.ganger.model.Limits;
import dev.ganger.model.TaskLimits;
import dev.ganger.proto.v1.SubmitHeader;
import dev.ganger.wire.FromWire;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the header of a submit asks for; throws IllegalArgumentException, in a sentence, where it is wrong. */
final class Submits {
    private Submits() {}

    /** How each task runs here: its grace is within half the lease. */
    static JobSpec spec(SubmitHeader header, Settings settings) {
        var spec = FromWire.spec(header.getSpec());
        var most = settings.lease().dividedBy(2);
        var grace = spec.limits().grace();
        if (header.getTasksCase() == SubmitHeader.TasksCase.EACH_AGENT && !spec.order().agent().isEmpty()) {
            throw new IllegalArgumentException("a job is for each agent or for agent '%s' only, not both"
                    .formatted(spec.order().agent()));
        }
        if (grace.compareTo(most) <= 0) {
            return spec;
        }
        if (!grace.equals(Limits.DEFAULT_GRACE)) {
            throw new IllegalArgumentException(
                    "the grace of a task is at most half the lease of the coordinator, here %s, not %s; choose a shorter --grace"
                            .formatted(seconds(most), seconds(grace)));
        }
        return spec.with(new TaskLimits(spec.limits().timeout(), most, spec.limits().output()));
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1_000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    /** Which tasks there are; null: one for each agent. */
    static @Nullable Indices indices(SubmitHeader header, int entries) {
        return switch (header.getTasksCase()) {
            case SINGLE -> Indices.of(1, 1);
            case ARRAY -> FromWire.indices(header.getArray());
            case EACH_ENTRY -> entryIndices(entries);
            case EACH_AGENT -> null;
            case TASKS_NOT_SET -> throw new IllegalArgumentException("a submit says which tasks there are");
        };
    }

    private static Indices entryIndices(int entries) {
        if (entries == 0) {
            throw new IllegalArgumentException("there are no entries: a job needs at least one task");
        }
        return Indices.of(1, entries);
    }
}
