package dev.ganger.coordinator;

import dev.ganger.wire.Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where a coordinator is: for others, and on its own machine. */
final class Whereabouts {
    private static final String LOCALHOST = "localhost";

    private final Address bound;
    private final @Nullable Address asked;
    private final Supplier<String> hostName;

    /** Listens on one address, and was asked to tell another; port 0 there: the same. */
    Whereabouts(Address bound, @Nullable Address asked, Supplier<String> hostName) {
        this.bound = bound;
        this.asked = asked;
        this.hostName = hostName;
    }

    /** What this machine calls itself; asking can take a while where names are looked up on a network. */
    static String nameOfThisMachine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) {
            return LOCALHOST;
        }
    }

    private static boolean isEverywhere(Address address) {
        try {
            return InetAddress.getByName(address.host()).isAnyLocalAddress();
        } catch (UnknownHostException _) {
            return false;
        }
    }

    /** What tokens tell. */
    Address advertised() {
        if (asked != null) {
            return asked.port() == 0 ? new Address(asked.host(), bound.port()) : asked;
        }
        return isEverywhere(bound) ? new Address(hostName.get(), bound.port()) : bound;
    }

    /** Whether tokens that are for other machines would send them to themselves; what else a name means elsewhere is not known here. */
    boolean misleads() {
        var host = advertised().host();
        return !bound.isLoopback() && (host.equals(LOCALHOST) || host.startsWith("127.") || host.equals("::1"));
    }

    /** Each way to it from its own machine, the nearest first. */
    List<String> ofThisMachine() {
        var all = new LinkedHashSet<String>();
        all.add((isEverywhere(bound) ? new Address(LOCALHOST, bound.port()) : bound).toString());
        all.add(advertised().toString());
        if (!bound.isLoopback()) {
            all.add(new Address(hostName.get(), bound.port()).toString());
        }
        return List.copyOf(all);
    }
}
