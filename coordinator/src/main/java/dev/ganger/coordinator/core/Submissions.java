package dev.ganger.coordinator.core;

import dev.ganger.coordinator.core.Command.Done;
import dev.ganger.coordinator.core.Command.Submission;
import dev.ganger.coordinator.core.Refusal.Kind;
import java.util.List;
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
        var refusal = refusalFor(submit);
        if (refusal != null) {
            return new Decision.Rejected<>(refusal);
        }
        if (state.drafts().waiters().isEmpty() && fits(submit)) {
            return Decision.accepted(new Submission.Accepted(state.nextJob(), submit.indices().count(), false),
                    submitted(submit, time));
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

    private @Nullable Refusal refusalFor(Command.Submit submit) {
        if (!state.open()) {
            return closed();
        }
        var stored = state.drafts().of(submit.draft()).entries();
        if (submit.entries() && stored != submit.indices().count()) {
            return new Refusal(Kind.INVALID,
                    "%d entries were announced and %d arrived".formatted(submit.indices().count(), stored));
        }
        if (submit.indices().count() > settings.queueLimit()) {
            return new Refusal(Kind.FULL, "a job of %d tasks can never fit: the queue holds at most %d"
                    .formatted(submit.indices().count(), settings.queueLimit()));
        }
        return null;
    }

    private static Refusal closed() {
        return new Refusal(Kind.NOT_NOW, "the coordinator is closed and accepts no jobs; 'ganger open' lets it accept again");
    }

    private boolean fits(Command.Submit submit) {
        return state.unfinished() + submit.indices().count() <= settings.queueLimit();
    }

    private Event.Submitted submitted(Command.Submit submit, Time time) {
        return new Event.Submitted(state.nextJob(), submit.draft(), submit.submitter(), submit.key(), submit.digest(),
                submit.spec(),
                submit.indices(), submit.entries(), time.at());
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
        if (known != null && known.digest().equals(first.digest())) {
            found.add(new Event.SubmitMatched(first.draft(), known.job(), known.tasks()));
        } else if (known != null) {
            found.add(new Event.SubmitRefused(first.draft(), new Refusal(Kind.CONFLICT,
                    "key '%s' belongs to job %d, which differs from this one; use another key".formatted(first.key(),
                            known.job()))));
        } else if (fits(first)) {
            found.add(submitted(first, time));
        }
    }
}
