package dev.ganger.coordinator.core;

import dev.ganger.coordinator.core.Command.Done;
import dev.ganger.coordinator.core.Command.Submission;
import dev.ganger.coordinator.core.Refusal.Kind;
import dev.ganger.model.Indices;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Decides what becomes a job, and when. */
final class Submissions {
    private final State state;
    private final Settings settings;

    Submissions(State state, Settings settings) {
        this.state = state;
        this.settings = settings;
    }

    Decision<Done> storeChunk(Command.StoreChunk chunk, Time time) {
        var draft = state.drafts().of(chunk.draft());
        if (chunk.number() != draft.chunks() + 1) {
            return Decision.rejected(Kind.INVALID,
                    "expected chunk %d of the draft, got %d".formatted(draft.chunks() + 1, chunk.number()));
        }
        if (draft.chunks() == 0 && state.drafts().open().size() >= Settings.DRAFTS) {
            return Decision.rejected(Kind.FULL, "%d submits are under way; try again later".formatted(Settings.DRAFTS));
        }
        if (state.storedBytes() + chunk.body().size() > settings.queueBytes()) {
            return Decision.rejected(Kind.FULL, "the queue is full: its entries may have %d bytes; wait for jobs to finish"
                    .formatted(settings.queueBytes()));
        }
        return new Decision.Accepted<>(
                List.of(new Event.ChunkStored(chunk.draft(), chunk.number(), chunk.entries(), chunk.body().size()),
                        new Event.DraftTouched(chunk.draft(), time.now())),
                List.of(new Payload.EntryChunk(chunk.draft(), chunk.number(), chunk.entries(), chunk.body())), Done.DONE);
    }

    Decision<Submission> submit(Command.Submit submit, Time time) {
        var known = holderOfKey(submit);
        if (known != null) {
            return matchKey(submit, known);
        }
        var tasks = tasksOf(submit, time);
        var refusal = refusalFor(submit, tasks);
        if (refusal != null) {
            return new Decision.Rejected<>(refusal);
        }
        if (state.drafts().waiters().isEmpty() && fits(tasks)) {
            return Decision.accepted(new Submission.Accepted(state.nextJob(), tasks.count(), false),
                    submitted(submit, tasks, time));
        }
        return deferOrRefuse(submit, time);
    }

    private Keys.@Nullable Holder holderOfKey(Command.Submit submit) {
        return state.keys().holder(submit.submitter(), submit.key());
    }

    private Decision<Submission> matchKey(Command.Submit submit, Keys.Holder known) {
        if (!known.digest().equals(submit.digest())) {
            return Decision.rejected(Kind.CONFLICT,
                    "key '%s' belongs to job %d, which differs from this one; use another key".formatted(submit.key(),
                            known.job()));
        }
        var reply = new Submission.Accepted(known.job(), known.tasks(), true);
        return submit.entries() && state.drafts().open().containsKey(submit.draft())
                ? Decision.accepted(reply, new Event.DraftDropped(submit.draft()))
                : Decision.accepted(reply);
    }

    /**
     * The tasks that a submit makes.
     *
     * @param indices null: none, because there is no agent to have one
     * @param agents  the agent of each, if it is for them
     */
    private record Tasks(@Nullable Indices indices, List<String> agents) {
        int count() {
            return indices == null ? 0 : indices.count();
        }
    }

    /** A task for each agent is one for each that is there now and takes tasks. */
    private Tasks tasksOf(Command.Submit submit, Time time) {
        if (submit.indices() != null) {
            return new Tasks(submit.indices(), List.of());
        }
        var agents = state.fleet().all().stream()
                .filter(agent -> state.fleet().takesTasks(agent) && agent.silentFor(time.now()) <= settings.unknownAfterMillis())
                .map(agent -> agent.id().name()).toList();
        return new Tasks(agents.isEmpty() ? null : Indices.of(1, agents.size()), agents);
    }

    private @Nullable Refusal refusalFor(Command.Submit submit, Tasks tasks) {
        if (!state.open()) {
            return closed();
        }
        if (tasks.indices() == null) {
            return noAgent();
        }
        var stored = state.drafts().of(submit.draft()).entries();
        if (submit.entries() && stored != tasks.count()) {
            return new Refusal(Kind.INVALID, "%d entries were announced and %d arrived".formatted(tasks.count(), stored));
        }
        if (tasks.count() > settings.queueLimit()) {
            return neverFits(tasks);
        }
        return null;
    }

    private Refusal neverFits(Tasks tasks) {
        return new Refusal(Kind.FULL, "a job of %d tasks can never fit: the queue holds at most %d"
                .formatted(tasks.count(), settings.queueLimit()));
    }

    private static Refusal noAgent() {
        return new Refusal(Kind.NOT_NOW,
                "there is no agent that takes tasks now, and a task for each was asked for; 'ganger agents' lists those there are");
    }

    private static Refusal closed() {
        return new Refusal(Kind.NOT_NOW, "the coordinator is closed and accepts no jobs; 'ganger open' lets it accept again");
    }

    private boolean fits(Tasks tasks) {
        return state.unfinished() + tasks.count() <= settings.queueLimit();
    }

    private Event.Submitted submitted(Command.Submit submit, Tasks tasks, Time time) {
        return new Event.Submitted(state.nextJob(), submit.draft(), submit.submitter(), submit.key(), submit.digest(),
                submit.spec(), Objects.requireNonNull(tasks.indices()), submit.entries(), tasks.agents(), time.at());
    }

    private Decision<Submission> deferOrRefuse(Command.Submit submit, Time time) {
        var patience = submit.patience();
        if (patience != null && patience.isZero()) {
            return new Decision.Rejected<>(full());
        }
        if (state.drafts().waiters().size() >= Settings.DRAFTS) {
            return Decision.rejected(Kind.FULL, "%d submits wait already; try again later".formatted(Settings.DRAFTS));
        }
        var deadline = patience == null ? null : time.now() + patience.toMillis();
        return Decision.accepted(
                new Submission.Deferred(state.unfinished(), settings.queueLimit(), state.drafts().waiters().size()),
                new Event.SubmitDeferred(submit, deadline));
    }

    private Refusal full() {
        return new Refusal(Kind.FULL, "the queue is full: %d of %d tasks are not finished; wait for room, or try again later"
                .formatted(state.unfinished(), settings.queueLimit()));
    }

    Decision<Done> drop(UUID draft) {
        if (state.drafts().open().containsKey(draft)) {
            return Decision.accepted(Done.DONE, new Event.DraftDropped(draft));
        }
        return state.drafts().waits(draft)
                ? Decision.accepted(Done.DONE, new Event.SubmitWithdrawn(draft))
                : Decision.accepted(Done.DONE);
    }

    // ---- what happens by itself

    /** Drafts that were abandoned. */
    void dropAbandoned(Findings found, Time time) {
        var before = time.now() - Settings.DRAFT_PATIENCE.toMillis();
        state.drafts().open().forEach((id, draft) -> {
            if (draft.touched() < before && !state.drafts().waits(id)) {
                found.add(new Event.DraftDropped(id));
            }
        });
    }

    /** Submits that waited long enough, or for nothing. */
    void refuseWaiters(Findings found, Time time) {
        for (var waiter : state.drafts().waiters()) {
            var deadline = waiter.deadline();
            if (!state.open()) {
                found.add(new Event.SubmitRefused(waiter.submit().draft(), closed()));
            } else if (deadline != null && time.now() >= deadline) {
                found.add(new Event.SubmitRefused(waiter.submit().draft(), full()));
            }
        }
    }

    /** The submit that waited longest, if there is room for it now. */
    void admit(Findings found, Time time) {
        var waiters = state.drafts().waiters().iterator();
        if (!waiters.hasNext()) {
            return;
        }
        var first = waiters.next().submit();
        var known = holderOfKey(first);
        var tasks = tasksOf(first, time);
        if (known != null && known.digest().equals(first.digest())) {
            found.add(new Event.SubmitMatched(first.draft(), known.job(), known.tasks()));
        } else if (known != null) {
            found.add(new Event.SubmitRefused(first.draft(), new Refusal(Kind.CONFLICT,
                    "key '%s' belongs to job %d, which differs from this one; use another key".formatted(first.key(),
                            known.job()))));
        } else if (tasks.indices() == null) {
            found.add(new Event.SubmitRefused(first.draft(), noAgent()));
        } else if (tasks.count() > settings.queueLimit()) {
            found.add(new Event.SubmitRefused(first.draft(), neverFits(tasks)));
        } else if (fits(tasks)) {
            found.add(submitted(first, tasks, time));
        }
    }
}
