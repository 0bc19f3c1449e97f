package dev.ganger.coordinator.simulation;

import dev.ganger.model.AttemptId;

/** What agent.output and api.UploadCall do for one ended attempt: bytes go up, are synced, are acknowledged, and go up again after a cut. */
final class Upload {
    private final World world;
    private final Worker worker;
    private final Outbox outbox;
    private final long ofStart;
    private final AttemptId attempt;
    private final long bytes;
    private long acknowledged;

    Upload(World world, Worker worker, Outbox outbox, AttemptId attempt, long bytes) {
        this.world = world;
        this.worker = worker;
        this.outbox = outbox;
        this.ofStart = worker.start();
        this.attempt = attempt;
        this.bytes = bytes;
    }

    private boolean isAlive() {
        return worker.lives() && worker.start() == ofStart && outbox.isUploading(this);
    }

    private long delay() {
        return 1 + world.chance.mostlySmall(world.plan.delayMillis * 2);
    }

    void go() {
        world.agenda.in(delay(), () -> {
            if (!isAlive()) {
                return;
            }
            if (!world.coordinator.isUp() || worker.isCutOff() || world.faulty(Plan.Fault.CUTS, 0.2)) {
                world.agenda.in(world.chance.from(1, world.plan.leaseMillis / 4), this::go);
            } else {
                arrive(world.coordinator.life());
            }
        });
    }

    private void arrive(long ofLife) {
        var size = world.chance.from(0, bytes - acknowledged);
        world.coordinator.shelf().append(attempt, acknowledged, size);
        world.agenda.in(delay(), () -> {
            if (world.coordinator.isUp() && world.coordinator.life() == ofLife) {
                var durable = world.coordinator.shelf().sync(attempt);
                world.agenda.in(delay(), () -> hear(durable));
            } else {
                go();
            }
        });
    }

    private void hear(long durable) {
        if (!isAlive()) {
            return;
        }
        if (!worker.isCutOff() && !world.faulty(Plan.Fault.LOST_REPLIES, 0.3)) {
            acknowledged = Math.max(acknowledged, Math.min(durable, bytes));
        }
        if (acknowledged == bytes) {
            outbox.uploaded(this);
        } else {
            go();
        }
    }

    AttemptId attempt() {
        return attempt;
    }
}
