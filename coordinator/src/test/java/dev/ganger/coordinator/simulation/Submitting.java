package dev.ganger.coordinator.simulation;

import dev.ganger.coordinator.core.Command;
import dev.ganger.coordinator.core.Command.Submission;
import dev.ganger.coordinator.core.Event;
import dev.ganger.coordinator.core.Refusal;
import dev.ganger.coordinator.loop.Outcome;
import dev.ganger.model.Bytes;
import java.nio.ByteBuffer;
import java.util.UUID;

/** One call of submit, both ends of it: what api.SubmitCall does, and the client that waits for it. */
final class Submitting {
    private static final String SUBMITTER = "somebody";

    private final World world;
    private final Client client;
    private final Client.Errand errand;
    private final UUID draft;
    private int chunks;
    private int sent;
    private boolean over;

    Submitting(World world, Client client, Client.Errand errand) {
        this.world = world;
        this.client = client;
        this.errand = errand;
        this.draft = world.chance.uuid();
    }

    void begin() {
        if (world.coordinator.isUp()) {
            world.coordinator.whenDown(this::fail);
        }
        nextChunk();
    }

    private void nextChunk() {
        var count = errand.indices() == null ? 0 : errand.indices().count();
        if (over) {
            return;
        }
        if (!errand.entries() || sent == count) {
            submit();
        } else if (world.faulty(Plan.Fault.ABANDONED_DRAFTS, 0.1)) {
            breakOff();
        } else {
            var many = world.chance.from(1, count - sent);
            var body = chunk(sent + 1, sent + many);
            sent += many;
            client.line.ask(new Command.StoreChunk(draft, ++chunks, many, body), outcome -> {
                if (outcome instanceof Outcome.Refused<?>(var refusal)) {
                    refused(refusal);
                } else {
                    nextChunk();
                }
            }, this::breakOff);
        }
    }

    private Bytes chunk(int first, int last) {
        var body = ByteBuffer.allocate(100 * (last - first + 1));
        for (var index = first; index <= last; index++) {
            var entry = Client.entry(errand.spec(), index);
            body.putInt(entry.size()).put(entry.asBuffer());
        }
        var bytes = new byte[body.position()];
        body.flip().get(bytes);
        return Bytes.wrap(bytes);
    }

    private void submit() {
        if (world.coordinator.isUp()) {
            world.coordinator.watchDraft(draft, this::heard);
        }
        client.line.ask(new Command.Submit(draft, SUBMITTER, errand.key(), errand.digest(), errand.spec(), errand.indices(),
                errand.entries(), errand.patience()), outcome -> {
                    switch (outcome) {
                        case Outcome.Replied<Submission>(Submission.Accepted accepted) ->
                            accepted(accepted.job(), accepted.existed());
                        case Outcome.Replied<Submission>(Submission.Deferred _) -> giveUpLater();
                        case Outcome.Refused<Submission>(var refusal) -> refused(refusal);
                    }
                }, this::breakOff);
    }

    private void giveUpLater() {
        if (world.faulty(Plan.Fault.IMPATIENT_CLIENTS, 0.3)) {
            world.agenda.in(world.chance.from(1, world.plan.leaseMillis), this::breakOff);
        }
    }

    private void heard(Event event) {
        switch (event) {
            case Event.Submitted submitted -> accepted(submitted.job(), false);
            case Event.SubmitMatched matched -> accepted(matched.job(), true);
            case Event.SubmitRefused refused -> refused(refused.refusal());
            default -> {
            }
        }
    }

    private void accepted(long job, boolean existed) {
        if (end()) {
            world.laws.accepted(errand.key(), draft, job, existed);
            client.done();
        }
    }

    private void refused(Refusal refusal) {
        if (end()) {
            drop();
            switch (refusal.kind()) {
                case FULL, NOT_NOW -> client.askAgain(errand);
                default -> throw new AssertionError("refused without need: " + refusal);
            }
        }
    }

    /** The line is broken: the coordinator learns of it, mostly, and the client asks again if it has a key. */
    private void breakOff() {
        if (!over && !world.faulty(Plan.Fault.ABANDONED_DRAFTS, 0.5)) {
            drop();
        }
        fail();
    }

    private void drop() {
        if (world.coordinator.isUp()) {
            world.coordinator.execute(new Command.DropDraft(draft), _ -> {});
        }
    }

    private void fail() {
        if (end()) {
            if (errand.key().isEmpty()) {
                client.done();
            } else {
                client.askAgain(errand);
            }
        }
    }

    private boolean end() {
        var first = !over;
        over = true;
        world.coordinator.unwatchDraft(draft);
        return first;
    }
}
