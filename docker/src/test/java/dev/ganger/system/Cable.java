package dev.ganger.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Between one machine of a {@link Lan} and the coordinator's. Its packets can be lost in each direction; nobody is told. */
final class Cable implements AutoCloseable {
    private final Lan lan;
    private final String machine;
    private final String plug;
    private final String network;

    /** Where packets go to, as the coordinator's machine sees it: in or out. */
    enum Direction {
        TO_COORDINATOR("INPUT", "-i", "--sport"), TO_MACHINE("OUTPUT", "-o", "--dport");

        private final String chain;
        private final String through;
        private final String portOfMachine;

        Direction(String chain, String through, String portOfMachine) {
            this.chain = chain;
            this.through = through;
            this.portOfMachine = portOfMachine;
        }
    }

    Cable(Lan lan, int number) {
        this.lan = lan;
        this.machine = lan.machine(number);
        this.plug = "plug" + number;
        this.network = "10.77." + number;
        Lan.does("ip", "netns", "add", machine);
        Lan.does("ip", "link", "add", plug, "netns", lan.center(), "type", "veth", "peer", "name", "cable", "netns", machine);
        Lan.within(lan.center(), "ip", "address", "add", network + ".1/24", "dev", plug);
        Lan.within(lan.center(), "ip", "link", "set", plug, "up");
        Lan.within(machine, "ip", "address", "add", network + ".2/24", "dev", "cable");
        Lan.within(machine, "ip", "link", "set", "cable", "up");
        Lan.within(machine, "ip", "link", "set", "lo", "up");
        Lan.within(machine, "ip", "route", "add", "default", "via", network + ".1");
    }

    /** At its other end. */
    Place place() {
        return new Place(Lan.wayTo(machine), Map.of(), Lan.HOST + ":" + Lan.PORT);
    }

    /** From now on every packet is lost. */
    void cut() {
        cut(Direction.TO_COORDINATOR);
        cut(Direction.TO_MACHINE);
    }

    /** From now on every packet that way is lost. */
    void cut(Direction direction) {
        drop(direction);
    }

    /** From now on whoever sends something to the coordinator is told that there is no such connection. */
    void reset() {
        iptables("-A", Direction.TO_COORDINATOR.chain, Direction.TO_COORDINATOR.through, plug, "-p", "tcp", "-j", "REJECT",
                "--reject-with", "tcp-reset");
    }

    /** From now on whoever connects to the coordinator's port comes to another one of its machine. */
    void detour(int port) {
        Lan.within(lan.center(), "iptables", "-w", "-t", "nat", "-A", "PREROUTING", "-i", plug, "-p", "tcp", "--dport",
                Integer.toString(Lan.PORT), "-j", "REDIRECT", "--to-ports", Integer.toString(port));
    }

    /** From now on so many packets of a hundred are lost each way. */
    void lose(int percent) {
        for (var direction : Direction.values()) {
            drop(direction, "-m", "statistic", "--mode", "random", "--probability", "0.%02d".formatted(percent));
        }
    }

    /** As a gateway does that has forgotten connections: those that there are get nothing through any more, new ones work. */
    int forgetConnections() {
        var ports = connections();
        for (var port : ports) {
            for (var direction : Direction.values()) {
                drop(direction, "-p", "tcp", direction.portOfMachine, port);
            }
        }
        return ports.size();
    }

    private Set<String> connections() {
        return Lan.within(machine, "ss", "-Htn", "state", "established").lines().map(line -> line.strip().split("\\s+", -1)[2])
                .map(local -> local.substring(local.lastIndexOf(':') + 1)).collect(Collectors.toSet());
    }

    /** Nothing is lost any more. */
    void mend() {
        for (var rule : Lan.within(lan.center(), "iptables", "-w", "-S").lines().toList()) {
            if (rule.startsWith("-A ") && rule.contains(" " + plug + " ")) {
                iptables(("-D" + rule.substring(2)).split(" ", -1));
            }
        }
    }

    /** Takes it out: the kernel knows at once that it is out. */
    void unplug() {
        Lan.within(lan.center(), "ip", "link", "set", plug, "down");
    }

    void plugIn() {
        Lan.within(lan.center(), "ip", "link", "set", plug, "up");
    }

    private void drop(Direction direction, String... which) {
        var rule = new ArrayList<>(List.of("-A", direction.chain, direction.through, plug));
        rule.addAll(List.of(which));
        rule.addAll(List.of("-j", "DROP"));
        iptables(rule.toArray(String[]::new));
    }

    private void iptables(String... rule) {
        var command = new ArrayList<>(List.of("iptables", "-w"));
        command.addAll(List.of(rule));
        Lan.within(lan.center(), command.toArray(String[]::new));
    }

    @Override
    public void close() {
        Lan.does("ip", "netns", "del", machine);
    }
}
