package dev.ganger.coordinator.core;

import dev.ganger.coordinator.core.Command.Forgotten;
import dev.ganger.coordinator.core.Refusal.Kind;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Decides what is no longer kept: whole finished jobs, when somebody asks or when they are old, and keys of those after a while. */
final class Retention {
    private final State state;
    private final Settings settings;

    Retention(State state, Settings settings) {
        this.state = state;
        this.settings = settings;
    }

    Decision<Forgotten> forget(long id, Time time) {
        var job = state.job(id);
        if (job == null) {
            return Decision.rejected(Kind.NOT_FOUND,
                    "there is no job %d, or it is no longer kept; 'ganger jobs' lists them".formatted(id));
        }
        if (job.unfinished() > 0) {
            return Decision.rejected(Kind.NOT_NOW, "job %d is not finished: %d of %d tasks to go; wait for it, or cancel it first"
                    .formatted(id, job.unfinished(), job.count()));
        }
        return Decision.accepted(new Forgotten(job.results()), forgotten(job, time));
    }

    private static Event.JobForgotten forgotten(JobProgress job, Time time) {
        return new Event.JobForgotten(job.id(), job.origin.draft(), time.at());
    }

    // ---- what happens by itself

    /** The job that finished first, if that is long enough ago. */
    void forgetOld(Findings found, Time time) {
        var oldest = state.jobs().oldestFinished();
        if (oldest != null && isPast(oldest.finishedAt(), settings.retain(), time)) {
            found.add(forgotten(oldest, time));
        }
    }

    private static boolean isPast(@Nullable Instant since, Duration length, Time time) {
        return since != null && !time.at().isBefore(since.plus(length));
    }

    void dropOldKeys(Findings found, Time time) {
        var oldest = state.keys().oldest();
        if (oldest != null && isPast(oldest.at(), Settings.KEY_PATIENCE, time)) {
            found.add(new Event.KeyDropped(oldest.submitter(), oldest.key()));
        }
    }
}
