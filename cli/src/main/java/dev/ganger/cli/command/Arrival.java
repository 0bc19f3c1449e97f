package dev.ganger.cli.command;

import dev.ganger.cli.client.Destination;
import dev.ganger.cli.client.Failure;
import dev.ganger.cli.client.Neighbour;
import dev.ganger.config.Choices;
import dev.ganger.config.Setting;
import dev.ganger.config.Source;
import dev.ganger.wire.Address;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The way to the coordinator, as options, variables and the client's file say it. */
final class Arrival {
    private final Destinations destinations;
    private final Setting coordinator;
    private final Setting context;
    private final boolean insecure;

    Arrival(Choices from, Path configuration, @Nullable Address address, @Nullable String name,
            @Nullable Boolean plain) {
        destinations = new Destinations(configuration);
        from.optional("coordinator", address == null ? null : address.toString(), Address::parse);
        from.optional("context", name, Function.identity());
        var wanted = from.truth("insecure", plain);
        coordinator = setting(from, "coordinator");
        context = setting(from, "context");
        var how = setting(from, "insecure");
        if (wanted && context.origin().source() == Source.FLAG && how.origin().source() == Source.FLAG) {
            throw Failure.usage("--insecure and --context say different things; give one of them");
        }
        insecure = wanted && !Destinations.isNearer(context, how);
    }

    private static Setting setting(Choices from, String key) {
        return from.settings().stream().filter(each -> each.key().equals(key)).findFirst().orElseThrow();
    }

    /** The same with what the contexts say. */
    List<Setting> in(List<Setting> settings) {
        var choice = insecure ? destinations.without(coordinator) : destinations.choose(coordinator, context);
        return settings.stream().map(each -> switch (each.key()) {
            case "coordinator" -> choice.coordinator();
            case "context" -> choice.named();
            default -> each;
        }).toList();
    }

    /** Throws a Failure if nobody is known there. */
    Destination destination() {
        if (insecure) {
            return insecure(destinations.without(coordinator).address());
        }
        var choice = destinations.choose(coordinator, context);
        var known = choice.context();
        if (known == null) {
            throw new Neighbour(choice.address()).unknown(destinations.otherwise());
        }
        return Destinations.known(choice.address(), known);
    }

    private static Destination insecure(Address address) {
        if (!address.isLoopback()) {
            throw Failure.usage("--insecure is plain text, and only for this machine; to reach " + address
                    + " leave it out, or make a tunnel and name its end here");
        }
        return Destination.insecure(address);
    }
}
