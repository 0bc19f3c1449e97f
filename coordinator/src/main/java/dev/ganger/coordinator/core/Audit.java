package dev.ganger.coordinator.core;

import dev.ganger.model.Attempt;
import dev.ganger.model.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks at a state as whoever checks it must: every task of every job, and what is counted over them. */
public final class Audit {
    private final State state;

    public Audit(State state) {
        this.state = state;
    }

    /** The jobs that are kept. */
    public Set<Long> jobs() {
        return state.jobs().all().keySet();
    }

    /** Null if the job is not kept. */
    public @Nullable OfJob job(long id) {
        var job = state.job(id);
        return job == null ? null : new OfJob(job);
    }

    public long nextJob() {
        return state.nextJob();
    }

    public long nextPosition() {
        return state.nextPosition();
    }

    /** Where each consumer reads on. */
    public Map<String, Long> cursors() {
        return state.cursors();
    }

    /** The drafts that are no jobs yet: how many entries each has, and how many bytes of them are stored. */
    public Map<UUID, Amount> drafts() {
        return state.drafts().open().entrySet().stream().collect(
                Collectors.toMap(Map.Entry::getKey, each -> new Amount(each.getValue().entries(), each.getValue().bytes())));
    }

    /** Entries, and their bytes as they are stored. */
    public record Amount(long entries, long bytes) {}

    /** Sentences about keys that name no job. */
    public List<String> strayKeys() {
        var stray = new ArrayList<String>();
        var named = new HashSet<Long>();
        state.keys().present().forEach(held -> {
            var job = state.job(held.job());
            if (job == null || !job.origin.key().equals(held.key()) || !job.origin.submitter().equals(held.submitter())) {
                stray.add("key '%s' of %s names job %d, which is not kept under it".formatted(held.key(), held.submitter(),
                        held.job()));
            }
            named.add(held.job());
        });
        for (var job : state.jobs().all().values()) {
            if (!job.origin.key().isEmpty() && !named.contains(job.id())) {
                stray.add("key '%s' of %s does not name job %d, which was submitted with it"
                        .formatted(job.origin.key(), job.origin.submitter(), job.id()));
            }
        }
        for (var kept : state.keys().past()) {
            if (state.job(kept.job()) != null || kept.job() >= state.nextJob()) {
                stray.add("key '%s' of %s is kept for job %d as if that was forgotten, and it %s".formatted(kept.key(),
                        kept.submitter(), kept.job(), state.job(kept.job()) == null ? "never was" : "is not"));
            }
        }
        return stray;
    }

    /** Sentences about sums over all jobs that differ from what is added up job by job. */
    public List<String> wrongSums() {
        var wrong = new ArrayList<String>();
        var jobs = state.jobs();
        var all = jobs.all().values();
        compare(wrong, "tasks that are not final", jobs.unfinished(), all.stream().mapToLong(JobProgress::unfinished).sum());
        compare(wrong, "queued tasks", jobs.queued(), all.stream().mapToLong(JobProgress::queued).sum());
        compare(wrong, "tasks to start", jobs.toStart(), all.stream().mapToLong(JobProgress::toStart).sum());
        compare(wrong, "results", jobs.results(), all.stream().mapToLong(JobProgress::results).sum());
        compare(wrong, "bytes of entries", jobs.entryBytes(),
                all.stream().filter(job -> job.unfinished() > 0).mapToLong(JobProgress::entryBytes).sum());
        compare(wrong, "leases of agents", state.fleet().all().stream().mapToLong(agent -> agent.held().size()).sum(),
                all.stream().mapToLong(JobProgress::leaseCount).sum());
        return wrong;
    }

    private static void compare(List<String> wrong, String what, long counted, long summed) {
        if (counted != summed) {
            wrong.add("the state counts %d %s, and its jobs have %d".formatted(counted, what, summed));
        }
    }

    /** One job. */
    public static final class OfJob {
        private final JobProgress job;

        private OfJob(JobProgress job) {
            this.job = job;
        }

        public Event.Submitted origin() {
            return job.origin;
        }

        public int count() {
            return job.count();
        }

        /** Bytes of its entries as they are stored. */
        public long entryBytes() {
            return job.entryBytes();
        }

        public @Nullable Instant finishedAt() {
            return job.finishedAt();
        }

        /** Tasks that are not final. */
        public int unfinished() {
            return job.unfinished();
        }

        public int succeeded() {
            return job.ended().succeeded();
        }

        public int failed() {
            return job.ended().failed();
        }

        public int cancelled() {
            return job.ended().cancelled();
        }

        /** In all rounds. */
        public long results() {
            return job.results();
        }

        /** Whether no task of it had a round before. */
        public boolean isInFirstRound() {
            return job.past().isFirstRound();
        }

        /** The present round of a task. */
        public int round(int ordinal) {
            return job.past().round(ordinal);
        }

        /** How a task ended in its present round; null if it has not. */
        public @Nullable TaskState outcome(int ordinal) {
            return job.isFinished(ordinal) ? job.stateOf(ordinal) : null;
        }

        /** The number of the newest attempt of a task; 0 if there was none. */
        public int lastAttempt(int ordinal) {
            return job.lastAttempt(ordinal);
        }

        /** The number of the newest attempt in the rounds before; 0 if there was none. */
        public int attemptsBeforeRound(int ordinal) {
            return job.past().attemptsBeforeRound(ordinal);
        }

        /** The number of the attempt that an agent has; 0 if none has. */
        public int leased(int ordinal) {
            var lease = job.leaseOf(ordinal);
            return lease == null ? 0 : lease.attempt.number();
        }

        /** Whether a task was tried in its present round. */
        public boolean wasTried(int ordinal) {
            return !job.past().neverTried(ordinal);
        }

        /** The attempts of the present round that were lost, or failed and were tried again; none once the task is final. */
        public List<Attempt> past(int ordinal) {
            return job.past().pastAttempts(ordinal);
        }

        /** The attempts of the present round that were given back; none once the task is final. */
        public List<AttemptRange> returned(int ordinal) {
            return job.past().returned(ordinal);
        }
    }
}
