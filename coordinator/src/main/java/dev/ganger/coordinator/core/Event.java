package dev.ganger.coordinator.core;

import dev.ganger.coordinator.core.Saved.Rounds;
import dev.ganger.model.AgentId;
import dev.ganger.model.Attempt;
import dev.ganger.model.AttemptId;
import dev.ganger.model.Bytes;
import dev.ganger.model.Ending;
import dev.ganger.model.IndexRange;
import dev.ganger.model.Indices;
import dev.ganger.model.JobSpec;
import dev.ganger.model.Run;
import dev.ganger.model.TaskId;
import dev.ganger.model.TaskState;
import dev.ganger.model.Token;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What has happened; applying events is the only way in which the state changes. Each says all that a watcher needs to know. */
public sealed interface Event {

    /** On disk before anybody hears of it. */
    sealed interface Durable extends Event {}

    /** Forgotten with the process. */
    sealed interface Transient extends Event {}

    /** What people, or time, did to tasks of a job. */
    sealed interface OfTasks permits Held, Released, Retried, BackedOff {
        long job();

        List<IndexRange> indices();
    }

    /** What people, or time, did to tokens and identities. */
    sealed interface OfAccess permits TokenCreated, TokenRevoked, TokenForgotten, IdentityJoined, UserRemoved {}

    /** What speaks for and against agents. */
    sealed interface OfDoubt permits AttemptMoved, AgentSuspected, AgentQuarantined, AgentTrusted, DoubtRestored {}

    // ---- drafts and jobs

    /** A chunk of a draft's entries was stored; the first one opens the draft. */
    record ChunkStored(UUID draft, int number, int entries, long bytes) implements Durable {}

    /** A draft was given up, with its entries. */
    record DraftDropped(UUID draft) implements Durable {}

    /**
     * A draft became a job.
     *
     * @param draft   the ticket of the submit; names the stored entries if the job has any
     * @param key     scoped by submitter; may be empty
     * @param digest  of specification, tasks and entries
     * @param entries whether the tasks have entries
     * @param agents  the only agent of each task, by name, in the order of the tasks; none: the specification says for all
     */
    record Submitted(
            long job,
            UUID draft,
            String submitter,
            String key,
            Bytes digest,
            JobSpec spec,
            Indices indices,
            boolean entries,
            List<String> agents,
            Instant at) implements Durable {
        public Submitted {
            agents = List.copyOf(agents);
        }

        /** The only agent that may run a task; empty: any. */
        String agentOf(int ordinal) {
            return agents.isEmpty() ? spec.order().agent() : agents.get(ordinal);
        }
    }

    // ---- agents

    /** A life of an agent began here. */
    record AgentJoined(AgentId agent, int slots, long pid, String version, SortedMap<String, String> labels, Instant at)
            implements
                Durable {
        public AgentJoined {
            labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        }
    }

    /** An agent left in order and holds nothing. */
    record AgentLeft(AgentId agent, boolean stopped, Instant at) implements Durable {}

    /** An agent was silent for longer than its lease, or began a new life; it holds nothing any more. */
    record AgentLost(AgentId agent, Instant at) implements Durable {}

    /** An installation gets no more tasks until it is resumed. */
    record AgentDrained(AgentId agent, String reason, Instant at) implements Durable {}

    /** An installation gets tasks again, and is not to be stopped any more. */
    record AgentResumed(AgentId agent, Instant at) implements Durable {}

    /** An installation gets no more tasks, and STOP once it holds nothing. */
    record AgentStopRequested(AgentId agent, String reason, Instant at) implements Durable {}

    /** STOP goes to this agent alone. */
    record AgentStopReleased(AgentId agent, Instant at) implements Durable {}

    /** An installation is gone and may never come back; it holds nothing any more. */
    record AgentRemoved(AgentId agent, String reason, Instant at) implements Durable {
        /** What it is told. */
        public String sentence() {
            return "this installation of agent '%s' was removed at %s%s and may not come back; to use the machine again, start an agent with another --data"
                    .formatted(agent.name(), at.truncatedTo(ChronoUnit.SECONDS), reason.isEmpty() ? "" : " (" + reason + ")");
        }
    }

    /** What had failed on an agent succeeded on another, or started there. */
    record AgentSuspected(AgentId agent, TaskId task, String elsewhere, Instant at) implements Durable, OfDoubt {}

    /** An installation gets one task at a time from then on, as a try, for which it is the times-th time; evidence of tasks that failed there. */
    record AgentQuarantined(AgentId agent, List<Evidence> evidence, int times, Instant since,
            Pause pause) implements Durable, OfDoubt {
        public AgentQuarantined {
            evidence = List.copyOf(evidence);
        }
    }

    /** The try of an installation that was quarantined succeeded. */
    record AgentTrusted(AgentId agent, Instant at) implements Durable, OfDoubt {}

    // ---- attempts

    /** Attempts were leased; on disk before their tasks are sent. The number is that of the Grant in the agent's stream. */
    record Leased(AgentId agent, long number, List<Grant> grants, Instant at) implements Durable {
        public Leased {
            grants = List.copyOf(grants);
        }
    }

    /** One attempt of each of a range of tasks. */
    record Grant(long job, IndexRange indices, int attempt) {}

    /** Attempts were given back or taken back; their numbers are burnt, no retry is used. */
    record Returned(AgentId agent, List<AttemptId> attempts) implements Durable {
        public Returned {
            attempts = List.copyOf(attempts);
        }
    }

    /** Attempts were lost with their agent; no retry is used. Running are those of them that are known to have run. */
    record AttemptsLost(AgentId agent, List<AttemptId> attempts, List<Started> running, String reason, Instant at)
            implements
                Durable {
        public AttemptsLost {
            attempts = List.copyOf(attempts);
            running = List.copyOf(running);
        }

        /** What is known of one of them. */
        Attempt pastAttempt(AttemptId attempt) {
            var end = Run.unseen(at, new Ending.Lost(reason));
            for (var each : running) {
                if (each.attempt().equals(attempt)) {
                    end = end.begun(each.pid(), each.startedAt());
                }
            }
            return Attempt.ended(attempt.number(), agent.name(), TaskState.LOST, end);
        }
    }

    /** An attempt failed, and its task is tried again, not before a time if one is given. The run is without output. */
    record AttemptFailed(AgentId agent, AttemptId attempt, Run run, Instant at, @Nullable Instant notBefore)
            implements
                Durable {
        /** Null if the task need not wait. */
        @Nullable
        Pause pause() {
            return notBefore == null ? null : new Pause(at, notBefore);
        }
    }

    /** An attempt failed for what may be the agent's fault, and its task goes to another agent; no retry is used. */
    record AttemptMoved(AgentId agent, AttemptId attempt, Run run, Instant at) implements Durable, OfDoubt {}

    /** Tasks that failed have waited long enough. */
    record BackedOff(long job, List<IndexRange> indices) implements Durable, OfTasks {
        public BackedOff {
            indices = List.copyOf(indices);
        }
    }

    /** A task is final, by this attempt. Its result is in the done queue at the position. */
    record Finished(AgentId agent, AttemptId attempt, TaskState state, long position, Instant at) implements Durable {}

    /** A report came for an attempt that no longer counts; it changes nothing. */
    record LateReported(AgentId agent, AttemptId attempt, Ending ending, Instant at) implements Durable {}

    // ---- control

    /** Tasks that were with no agent are final. Their results are in the done queue from the position on, in this order. */
    record Cancelled(long job, List<IndexRange> indices, long position, String reason, Instant at) implements Durable {
        public Cancelled {
            indices = List.copyOf(indices);
        }
    }

    /** Tasks are not to start until they are released; those that an agent has go on. */
    record Held(long job, List<IndexRange> indices, String reason, Instant at) implements Durable, OfTasks {
        public Held {
            indices = List.copyOf(indices);
        }
    }

    /** Tasks that were held may start again. */
    record Released(long job, List<IndexRange> indices, Instant at) implements Durable, OfTasks {
        public Released {
            indices = List.copyOf(indices);
        }
    }

    /** Tasks that were final begin another round. */
    record Retried(long job, List<IndexRange> indices, String reason, Instant at) implements Durable, OfTasks {
        public Retried {
            indices = List.copyOf(indices);
        }
    }

    /** Attempts that an agent holds are to be ended. */
    record CancelRequested(AgentId agent, List<AttemptId> attempts, String reason) implements Durable {
        public CancelRequested {
            attempts = List.copyOf(attempts);
        }
    }

    /** No more jobs are accepted. */
    record Closed() implements Durable {}

    /** Jobs are accepted again. */
    record Opened() implements Durable {}

    /** STOP stands behind this job; with skip it does not wait for tasks that nothing would start. */
    record StopRequested(long behind, boolean skip, Instant at) implements Durable {}

    /** STOP goes to these agents. */
    record StopReleased(List<AgentId> agents, boolean now, Instant at) implements Durable {
        public StopReleased {
            agents = List.copyOf(agents);
        }
    }

    /** A consumer reads on from here. */
    record CursorMoved(String consumer, long next) implements Durable {}

    /** A finished job is no longer kept, nor are its results, its output, and its entries under the draft. */
    record JobForgotten(long job, UUID draft, Instant at) implements Durable {}

    /** The key of a forgotten job is free again. */
    record KeyDropped(String submitter, String key) implements Durable {}

    // ---- who may come in

    /** Somebody made a token; in snapshots it is as it stands, and was used last at that time. */
    record TokenCreated(Token token, Bytes secretHash, @Nullable Instant lastUsedAt) implements Durable, OfAccess {}

    /** Nobody joins with this token any more. */
    record TokenRevoked(String id, Instant at) implements Durable, OfAccess {}

    /** A token that has been over for long is no longer kept. */
    record TokenForgotten(String id) implements Durable, OfAccess {}

    /** Somebody joined, which used its token once more, or not: who asks twice does not, and in snapshots nobody does. */
    record IdentityJoined(Identity identity, boolean uses) implements Durable, OfAccess {}

    /** All logins of a user were ended. */
    record UserRemoved(String name, List<UUID> logins, Instant at) implements Durable, OfAccess {
        public UserRemoved {
            logins = List.copyOf(logins);
        }
    }

    // ---- snapshots only

    /** A key whose job was forgotten, at that time. */
    record KeyKept(String submitter, String key, Bytes digest, long job, long tasks, Instant at) implements Durable {}

    /** Where the counters stand: the first event of a snapshot. */
    record CountersRestored(long nextJob, long nextPosition) implements Durable {}

    /**
     * A job with all its progress; follows the Submitted of the same job in a snapshot.
     *
     * @param fresh     tasks from this ordinal on were never leased
     * @param finished  a bit for each ordinal that is final, as in BitSet.toLongArray
     * @param failed    of those, the failed ones
     * @param cancelled of those, the cancelled ones
     * @param leases    what agents hold
     * @param histories what is known of tasks that had more than one attempt
     * @param rounds    what retrying and holding left; null in snapshots of before there was that
     */
    record JobRestored(
            long job,
            int fresh,
            List<Long> finished,
            List<Long> failed,
            List<Long> cancelled,
            List<Saved.Lease> leases,
            List<Saved.History> histories,
            @Nullable Instant finishedAt,
            @Nullable Rounds rounds) implements Durable {
        public JobRestored {
            finished = List.copyOf(finished);
            failed = List.copyOf(failed);
            cancelled = List.copyOf(cancelled);
            leases = List.copyOf(leases);
            histories = List.copyOf(histories);
        }
    }

    /** What speaks against an installation of an agent; the canary is null unless one is under way. */
    record DoubtRestored(AgentId agent, List<Saved.FailedHere> failed, List<Evidence> evidence,
            @Nullable AgentQuarantined quarantine, @Nullable AttemptId canary) implements Durable, OfDoubt {
        public DoubtRestored {
            failed = List.copyOf(failed);
            evidence = List.copyOf(evidence);
        }
    }

    // ---- transient

    /** A stream of an agent is open; the session it replaces, or 0. */
    record AgentAttached(AgentId agent, long session, long replaced) implements Transient {}

    /** The stream of an agent is gone; the agent need not be. */
    record AgentDetached(AgentId agent, long session) implements Transient {}

    /** An agent beat. */
    record AgentSeen(AgentId agent, long session, long sequence, long processed, long now, Instant at) implements Transient {}

    /** An agent stated its room. */
    record RoomStated(AgentId agent, long processed, int free, int ahead) implements Transient {}

    /** An agent said that attempts run. */
    record AttemptsStarted(AgentId agent, List<Started> started) implements Transient {
        public AttemptsStarted {
            started = List.copyOf(started);
        }
    }

    /** A process runs. */
    record Started(AttemptId attempt, long pid, Instant startedAt) {}

    /** An agent holds attempts that are not its own any more. */
    record Superseded(AgentId agent, List<AttemptId> attempts) implements Transient {
        public Superseded {
            attempts = List.copyOf(attempts);
        }
    }

    /** An agent should give back what of these it has not started, because another could start it now. */
    record Recalled(AgentId agent, List<AttemptId> attempts) implements Transient {
        public Recalled {
            attempts = List.copyOf(attempts);
        }
    }

    /** The time for which a task waits, in the monotonic milliseconds of this coordinator. */
    record WaitClocked(long job, int ordinal, long due) implements Transient {}

    /** When a quarantined agent may get a task as a try, and when if no other takes any, in the monotonic milliseconds of this coordinator. */
    record CanaryClocked(AgentId agent, long due, long dueAlone) implements Transient {}

    /** Until when tasks that should avoid these agents wait for others, in the monotonic milliseconds of this coordinator. */
    record DetourClocked(SortedSet<UUID> unable, SortedSet<UUID> failed, long due) implements Transient {}

    /** A draft was touched, or began. */
    record DraftTouched(UUID draft, long now) implements Transient {}

    /** A submit waits for room; null: as long as it takes. */
    record SubmitDeferred(Command.Submit submit, @Nullable Long deadline) implements Transient {}

    /** A submit that waited is refused. */
    record SubmitRefused(UUID draft, Refusal refusal) implements Transient {}

    /** A submit that waited turned out to be a job already, by its key. */
    record SubmitMatched(UUID draft, long job, long tasks) implements Transient {}

    /** A submit that waited was given up by its client. */
    record SubmitWithdrawn(UUID draft) implements Transient {}
}
