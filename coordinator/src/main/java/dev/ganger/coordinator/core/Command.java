package dev.ganger.coordinator.core;

import dev.ganger.model.Admission;
import dev.ganger.model.AgentId;
import dev.ganger.model.AttemptId;
import dev.ganger.model.Bytes;
import dev.ganger.model.Indices;
import dev.ganger.model.JobSpec;
import dev.ganger.model.Run;
import dev.ganger.model.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can be asked of the core; R is the reply if it is accepted. */
public sealed interface Command<R> {

    // ---- clients

    /** Keep a chunk of a draft's entries; numbers count from 1. */
    record StoreChunk(UUID draft, int number, int entries, Bytes body) implements Command<Done> {}

    /**
     * Make a job.
     *
     * @param draft   the ticket of this submit, and the draft that holds the entries if there are any
     * @param digest  of specification, tasks and entries
     * @param indices null: a task for each agent that takes tasks, only for it
     * @param patience how long to wait for room; null: as long as it takes
     */
    record Submit(
            UUID draft,
            String submitter,
            String key,
            Bytes digest,
            JobSpec spec,
            @Nullable Indices indices,
            boolean entries,
            @Nullable Duration patience) implements Command<Submission> {}

    /** The client of a submit is gone. */
    record DropDraft(UUID draft) implements Command<Done> {}

    /** Cancel tasks. */
    record Cancel(Selection tasks, String reason) implements Command<CancelCounts> {
        /** Of a job; null: all. */
        public Cancel(long job, @Nullable Indices indices, String reason) {
            this(Selection.of(job, indices), reason);
        }
    }

    /** Let tasks that are not final not start until they are released; what runs goes on. */
    record Hold(Selection tasks, String reason) implements Command<HoldCounts> {}

    /** Let tasks that are held start again. */
    record Release(Selection tasks) implements Command<LetGo> {}

    /** Begin another round of tasks that are final: of those that failed or were cancelled, or those in the states that are named. */
    record Retry(Selection tasks, String reason) implements Command<Reopened> {}

    /** Keep a finished job no longer. */
    record Forget(long job) implements Command<Forgotten> {}

    /** Accept no more jobs. */
    record Close() implements Command<Done> {}

    /** Accept jobs again. */
    record Open() implements Command<Done> {}

    /** Put STOP behind what is queued, or send it now; with skip it does not wait for tasks that nothing would start. */
    record Stop(boolean now, boolean skip) implements Command<Done> {}

    /** A consumer reads on from here. */
    record MoveCursor(String consumer, long next) implements Command<Done> {}

    /** Give an agent no more tasks. */
    record DrainAgent(String name, String reason) implements Command<Attempts> {}

    /** Give an agent tasks again. */
    record ResumeAgent(String name) implements Command<Done> {}

    /** Let an agent finish what runs, then send it STOP. */
    record StopAgent(String name, String reason) implements Command<Attempts> {}

    /** Give a silent agent up at once. */
    record GiveUpAgent(String name, String reason) implements Command<Attempts> {}

    /** Let an agent's installation never come back. */
    record RemoveAgent(String name, String reason) implements Command<Attempts> {}

    // ---- who may come in

    /**
     * Make a token.
     *
     * @param secretHash SHA-256 of its secret
     * @param uses       how many may join with it; 0: any number, for local ones only
     * @param expiresAt  null: never
     * @param local      good from the coordinator's own machine only
     * @param by         who makes it
     */
    record CreateToken(
            String id,
            Bytes secretHash,
            Admission admission,
            int uses,
            @Nullable Instant expiresAt,
            boolean local,
            String by) implements Command<Made> {}

    /** Let nobody join with a token any more. */
    record RevokeToken(String id) implements Command<Done> {}

    /** Let somebody in who shows a token; hashes are SHA-256. */
    record Join(String token, Bytes secretHash, Bytes keyHash, Joiner joiner, boolean loopback) implements Command<Joined> {}

    /** Who wants to come in. */
    sealed interface Joiner {
        /** An installation of an agent. */
        record AnAgent(String name, UUID instance) implements Joiner {
            public AnAgent {
                // One that could not attach has nothing to join for.
                name = new AgentId(name, instance, 1).name();
            }
        }

        /** A user, who is known by this random id if it is let in and is not known yet. */
        record AUser(UUID identity) implements Joiner {}
    }

    /** End all logins of a user, and its tokens. */
    record RemoveUser(String name) implements Command<Logins> {}

    // ---- agents

    /** The first beat of a stream. */
    record Attach(
            long session,
            AgentId agent,
            int slots,
            long pid,
            String version,
            SortedMap<String, String> labels,
            long sequence,
            List<AttemptId> held) implements Command<Attached> {}

    /** A later beat. */
    record Beat(long session, AgentId agent, long sequence, long processed, List<AttemptId> held) implements Command<Done> {}

    /** The room there is. */
    record Pull(long session, AgentId agent, long processed, int free, int ahead) implements Command<Done> {}

    /** What happened to attempts. */
    record Report(long session, AgentId agent, List<Event.Started> started, List<Ended> ended, List<AttemptId> returned)
            implements
                Command<Recorded> {}

    /** The agent leaves. */
    record Goodbye(long session, AgentId agent, boolean stopped) implements Command<Done> {}

    /** The stream of an agent broke. */
    record Detach(long session, AgentId agent) implements Command<Done> {}

    // ---- replies

    /** A token as it was made. */
    record Made(Token token) {}

    /** Who came in. */
    record Joined(Identity identity) {}

    /** How many logins were ended. */
    record Logins(int count) {}

    /** An attempt is over. */
    record Ended(AttemptId attempt, Run run) {}

    /** Accepted, with nothing to say. */
    record Done() {
        static final Done DONE = new Done();
    }

    /** What became of a submit. */
    sealed interface Submission {
        /** It is a job; existed: an earlier submit with the key made it. */
        record Accepted(long job, long tasks, boolean existed) implements Submission {}

        /** It waits for room: Submitted or SubmitRefused will tell. */
        record Deferred(long unfinished, long limit, long ahead) implements Submission {}
    }

    /** What goes for a stream, and whether STOP is due at once. */
    record Attached(Duration lease, Duration beat, boolean stop, boolean stopNow) {}

    /** How many attempts an agent still holds, or are lost with it. */
    record Attempts(long count) {}

    /** These reports are durable. */
    record Recorded(List<AttemptId> attempts) {}

    /** How many results are no longer kept. */
    record Forgotten(long results) {}

    /** How many tasks are held that were not, and how many of those that were named go on with their agents. */
    record HoldCounts(long held, long running) {}

    /** How many tasks are not held any more. */
    record LetGo(long tasks) {}

    /** How many tasks begin another round. */
    record Reopened(long tasks) {}

    /** How many tasks are cancelled, and how many are being ended by agents. */
    record CancelCounts(long cancelled, long ending) {}
}
