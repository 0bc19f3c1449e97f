package dev.ganger.coordinator.simulation;

import dev.ganger.coordinator.core.Command;
import dev.ganger.coordinator.core.Command.Joined;
import dev.ganger.coordinator.core.Command.Joiner;
import dev.ganger.coordinator.loop.Outcome;
import dev.ganger.model.Admission;
import dev.ganger.model.Bytes;
import dev.ganger.model.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Somebody who hands out tokens, takes them back and removes users, and those who join with them, twice and too late too. */
final class Gatekeeper {
    private static final List<String> NAMES = List.of("anna", "boss", "eve");

    private final World world;
    private final Chance chance;
    private final Line line;
    private final List<String> tokens = new ArrayList<>();

    /** Its own chance, so that histories without it stay what they are. */
    Gatekeeper(World world, Chance chance) {
        this.world = world;
        this.chance = chance;
        this.line = new Line(world);
        next();
    }

    private void next() {
        world.agenda.in(chance.from(1, world.plan.leaseMillis), () -> {
            if (!world.isCalm()) {
                act();
            }
        });
    }

    private void act() {
        var draw = chance.from(1, 20);
        if (tokens.isEmpty() || draw <= 6) {
            create();
        } else if (draw <= 17) {
            join();
        } else if (draw == 18) {
            ask(new Command.RevokeToken(chance.oneOf(tokens)), _ -> {});
        } else {
            ask(new Command.RemoveUser(chance.oneOf(NAMES)), _ -> {});
        }
    }

    private <R> void ask(Command<R> command, Consumer<Outcome<R>> reply) {
        line.ask(command, outcome -> {
            reply.accept(outcome);
            next();
        }, this::next);
    }

    private void create() {
        var id = "token-" + tokens.size();
        var local = chance.is(0.1);
        var expiresAt = chance.is(0.5)
                ? world.coordinator.clock().plus(Duration.ofMillis(chance.from(1, world.plan.leaseMillis * 4)))
                : null;
        tokens.add(id);
        ask(new Command.CreateToken(id, secret(id), admission(), local ? 0 : chance.from(1, 3), expiresAt, local, "boss"),
                _ -> {});
    }

    private Admission admission() {
        if (chance.is(0.5)) {
            return new Admission.OfUser(chance.oneOf(NAMES), chance.oneOf(List.of(Role.values())));
        }
        var labels = new TreeMap<>(Map.of("zone", "zone-" + chance.from(1, 3)));
        return new Admission.OfAgent(chance.is(0.3) ? chance.oneOf(world.workers).name() : "", labels);
    }

    private void join() {
        var token = chance.is(0.7) ? tokens.getLast() : chance.oneOf(tokens);
        var key = Bytes.utf8("key-" + chance.from(1, 4));
        var worker = chance.oneOf(world.workers);
        var name = worker.name() + (chance.is(0.1) ? "-renamed" : "");
        var joiner = chance.is(0.5) ? new Joiner.AnAgent(name, worker.instance()) : new Joiner.AUser(chance.uuid());
        var secret = chance.is(0.05) ? secret("wrong") : secret(token);
        ask(new Command.Join(token, secret, key, joiner, chance.is(0.5)), outcome -> {
            if (outcome instanceof Outcome.Replied<Joined>(Joined(var identity))) {
                BrokenLaw.unless(world.laws.records.access.knows(identity, key), "what is acknowledged is recorded", "%s",
                        identity);
            }
        });
    }

    private static Bytes secret(String of) {
        var bytes = new byte[32];
        for (var at = 0; at < of.length(); at++) {
            bytes[at] = (byte) of.charAt(at);
        }
        return Bytes.wrap(bytes);
    }
}
