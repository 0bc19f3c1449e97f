package dev.ganger.coordinator.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parts of one history. */
final class World {
    /** In this share of histories somebody joins with tokens. */
    private static final double ADMISSIONS = 0.3;

    private static final long REAL_LEASE_MILLIS = 60_000;

    final Chance chance;
    final Plan plan;
    final Agenda agenda = new Agenda();
    final Laws laws;
    final Ledger ledger;
    final Coordinator coordinator;
    final List<Worker> workers = new ArrayList<>();
    final List<Client> clients = new ArrayList<>();
    final Operator operator;
    private boolean calm;

    World(long seed) {
        this(seed, new Chance(seed), null);
    }

    /** One in which only these faults exist, and leases are as long as they usually are. */
    World(long seed, Set<Plan.Fault> faults) {
        this(seed, new Chance(seed), faults);
    }

    private World(long seed, Chance chance, @Nullable Set<Plan.Fault> faults) {
        this.chance = chance;
        plan = faults == null
                ? new Plan(chance, new Chance(Long.rotateLeft(seed, 32)))
                : new Plan(chance, faults, REAL_LEASE_MILLIS);
        laws = new Laws(agenda, plan);
        ledger = new Ledger(laws);
        coordinator = new Coordinator(this, laws);
        laws.watch(ledger, workers);
        for (var number = 1; number <= plan.agents; number++) {
            workers.add(new Worker(this, "agent-" + number));
        }
        for (var number = 1; number <= plan.clients; number++) {
            clients.add(new Client(this, "client-" + number));
        }
        operator = new Operator(this);
        var others = new Chance(~seed);
        if (others.is(ADMISSIONS)) {
            new Gatekeeper(this, others);
        }
    }

    /** Whether nothing goes wrong any more. */
    boolean isCalm() {
        return calm;
    }

    void calmDown() {
        calm = true;
    }

    boolean faulty(Plan.Fault fault, double probability) {
        return !calm && plan.has(fault) && chance.is(probability);
    }
}
