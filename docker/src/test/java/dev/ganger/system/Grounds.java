package dev.ganger.system;

import dev.ganger.system.Machine.Said;
import org.testcontainers.containers.Network;

import static org.assertj.core.api.Assertions.assertThat;

/** Machines to install on: one that the coordinator runs on and ganger is called from, and two that it gets into by ssh. */
final class Grounds implements AutoCloseable {
    final Network network = Network.newNetwork();
    final Machine queue = Machine.withSsh(network, "queue.example");
    final Machine east = Machine.withSsh(network, "east");
    final Machine west = Machine.withSsh(network, "west");

    /** With the coordinator installed, and everybody trusted. */
    Grounds withCoordinator() {
        queue.unpackGanger();
        for (var host : new Machine[]{east, west}) {
            queue.mayLogInTo(host);
            queue.trust(host);
        }
        queue.does("ganger coordinator install");
        return this;
    }

    /** `ganger` as root on the coordinator's machine. */
    Said ganger(String line) {
        return queue.sh("ganger " + line);
    }

    /** The same, and it must end with 0. */
    String does(String line) {
        var said = ganger(line);
        assertThat(said.code()).as("exit code of ganger %s%nIt said: %s", line, said.all()).isZero();
        return said.out();
    }

    @Override
    public void close() {
        queue.close();
        east.close();
        west.close();
        network.close();
    }
}
