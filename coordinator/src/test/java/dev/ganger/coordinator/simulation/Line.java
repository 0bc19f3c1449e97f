package dev.ganger.coordinator.simulation;

import dev.ganger.coordinator.core.Command;
import dev.ganger.coordinator.loop.Outcome;
import java.util.function.Consumer;

/** A client's way to the coordinator: what it asks arrives in order; the reply comes, or the line fails. */
final class Line {
    private final World world;
    private long lastArrival;

    Line(World world) {
        this.world = world;
    }

    /** Exactly one of the two is told; after a failure nobody knows whether it was done. */
    <R> void ask(Command<R> command, Consumer<Outcome<R>> reply, Runnable failed) {
        var call = new Call<R>(reply, failed);
        lastArrival = Math.max(lastArrival, world.agenda.now() + delay());
        if (!world.coordinator.isUp()) {
            world.agenda.at(lastArrival, call::fail);
            return;
        }
        var life = world.coordinator.life();
        world.coordinator.whenDown(() -> world.agenda.in(delay(), call::fail));
        world.agenda.at(lastArrival, () -> {
            if (world.coordinator.isUp() && world.coordinator.life() == life) {
                world.coordinator.execute(command, call::answer);
            }
        });
    }

    private long delay() {
        return world.chance.mostlySmall(world.plan.delayMillis * 2);
    }

    private final class Call<R> {
        private final Consumer<Outcome<R>> reply;
        private final Runnable failed;
        private boolean over;

        Call(Consumer<Outcome<R>> reply, Runnable failed) {
            this.reply = reply;
            this.failed = failed;
        }

        void answer(Outcome<R> outcome) {
            if (world.faulty(Plan.Fault.LOST_REPLIES, 0.15)) {
                world.agenda.in(delay(), this::fail);
            } else if (!over) {
                over = true;
                reply.accept(outcome);
            }
        }

        void fail() {
            if (!over) {
                over = true;
                failed.run();
            }
        }
    }
}
