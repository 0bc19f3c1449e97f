package dev.ganger.coordinator.simulation;

import dev.ganger.coordinator.simulation.Plan.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Lets go wrong what the plan has, until the calm. */
final class Faults {
    private final World world;

    Faults(World world) {
        this.world = world;
        next();
    }

    private void next() {
        world.agenda.in(world.chance.from(1, world.plan.faultEveryMillis * 2), () -> {
            if (!world.isCalm()) {
                strike();
                next();
            }
        });
    }

    private void strike() {
        var worker = world.chance.oneOf(world.workers);
        var some = world.chance.mostlySmall(world.plan.leaseMillis * 3);
        var strikes = new ArrayList<Runnable>();
        addIf(Fault.CUTS, strikes, worker::cutStream);
        addIf(Fault.CUT_OFFS, strikes, () -> worker.cutOff(some));
        addIf(Fault.COORDINATOR_CRASHES, strikes, world.coordinator::crash);
        addIf(Fault.CRASHES_IN_APPEND, strikes, world.coordinator::crashInNextAppend);
        addIf(Fault.AGENT_CRASHES, strikes, () -> worker.crash(false));
        addIf(Fault.MACHINE_POWER_CUTS, strikes, worker::powerCut);
        addIf(Fault.FULL_SPOOLS, strikes, () -> worker.fillSpool(some));
        addIf(Fault.AGENTS_GONE, strikes, () -> {
            if (world.workers.stream().filter(each -> !each.isGone()).count() > 1) {
                worker.crash(true);
            }
        });
        addIf(Fault.BAD_MACHINES, strikes, () -> worker.spoil(some * 4));
        addIf(Fault.FREEZES, strikes, () -> worker.freeze(some));
        addIf(Fault.STALLS, strikes, () -> worker.freeze(world.plan.stallMillis));
        addIf(Fault.STALLS, strikes, () -> world.coordinator.stall(world.plan.stallMillis));
        addIf(Fault.LONG_STALLS, strikes, () -> world.coordinator.stall(some));
        addIf(Fault.ONE_WAY_CUTS, strikes, () -> {
            var up = world.chance.is(0.5);
            worker.swallow(up, !up);
        });
        addIf(Fault.HALF_OPEN, strikes, () -> worker.swallow(true, true));
        addIf(Fault.CLOCK_JUMPS, strikes, () -> worker.turnClock(jump(world.chance)));
        addIf(Fault.CLOCK_JUMPS, strikes, () -> world.coordinator.turnClock(jump(world.chance)));
        addIf(Fault.FULL_DISKS, strikes, () -> world.coordinator.fillDisk(some));
        addIf(Fault.DRAINS, strikes, () -> worker.drain(world.chance.is(0.3)));
        addIf(Fault.REINSTALLS, strikes, worker::reinstall);
        if (world.plan.has(Fault.SNAPSHOTS)) {
            addIf(Fault.CRASHES_IN_APPEND, strikes, world.coordinator::crashInNextSnapshot);
        }
        if (!strikes.isEmpty()) {
            world.chance.oneOf(strikes).run();
        }
    }

    /** How far off a clock is from then on. */
    static Duration jump(Chance chance) {
        return chance.oneOf(List.of(Duration.ofHours(1), Duration.ofHours(-1), Duration.ZERO));
    }

    private void addIf(Fault exists, List<Runnable> strikes, Runnable strike) {
        if (world.plan.has(exists)) {
            strikes.add(strike);
        }
    }
}
