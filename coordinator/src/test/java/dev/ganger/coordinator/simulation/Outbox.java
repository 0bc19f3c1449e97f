package dev.ganger.coordinator.simulation;

import dev.ganger.agent.core.Action;
import dev.ganger.agent.core.Input;
import dev.ganger.model.AttemptId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What agent.output does for one worker: keeps what has ended until it is recorded, and sends up what was written. */
final class Outbox {
    private final World world;
    private final Worker worker;
    private final Spool spool = new Spool();
    private final Map<AttemptId, Upload> uploads = new LinkedHashMap<>();

    Outbox(World world, Worker worker) {
        this.world = world;
        this.worker = worker;
    }

    boolean keeps(AttemptId attempt) {
        return spool.keeps(attempt);
    }

    List<Action.Over> readBack() {
        return spool.readBack();
    }

    /** A new life goes on with what the former ones kept. */
    void begin(List<Action.Over> kept) {
        uploads.clear();
        kept.forEach(this::upload);
    }

    void keep(Action.Over over) {
        spool.keep(over);
        upload(over);
        var written = worker.start();
        world.agenda.in(world.plan.leaseMillis / 10, () -> {
            if (worker.lives() && worker.start() == written) {
                spool.sync();
            }
        });
    }

    private void upload(Action.Over over) {
        if (!over.run().isInline() && !spool.isStored(over.attempt())) {
            var upload = new Upload(world, worker, this, over.attempt(), over.run().stdout().bytes());
            uploads.put(over.attempt(), upload);
            upload.go();
        } else if (!over.run().isInline()) {
            worker.hear(new Input.OutputStored(over.attempt()));
        }
    }

    boolean isUploading(Upload upload) {
        return uploads.get(upload.attempt()) == upload;
    }

    void uploaded(Upload upload) {
        uploads.remove(upload.attempt());
        spool.stored(upload.attempt());
        worker.hear(new Input.OutputStored(upload.attempt()));
    }

    void wrote(AttemptId attempt, long bytes) {
        spool.write(attempt, bytes);
    }

    void forget(AttemptId attempt) {
        if (spool.keeps(attempt)) {
            world.laws.mayForget(attempt);
        }
        uploads.remove(attempt);
        spool.forget(attempt);
    }

    void tear() {
        spool.tear(world.chance);
    }

    void clear() {
        spool.clear();
    }
}
