package dev.ganger.system;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.Network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The services under the real systemd, in a container. */
final class SystemdIT {
    @BeforeAll
    static void engine() {
        Engine.assumeItAnswers();
    }

    @Test
    void coordinatorAndAgentAreServicesThatStartStopAndGo() {
        try (var network = Network.newNetwork(); var machine = Machine.withSystemd(network, "queue.example")) {
            var state = machine.sh(
                    "for i in $(seq 50); do systemctl is-system-running 2>&1 | grep -E 'running|degraded' && exit; sleep 0.2; done");
            assumeTrue(state.out().matches("(running|degraded)\\s*"),
                    "needs systemd, which does not run in a container here: " + state.all());
            machine.unpackGanger();

            assertThat(machine.does("ganger coordinator install")).contains("coordinator installed");
            assertThat(machine.does("ganger agent install --local --slots 2")).contains("agent queue.example installed");
            assertThat(machine.does("ls /run | grep ganger || :")).as("no token is left").isEmpty();
            assertThat(machine.sh("systemd-analyze verify /etc/systemd/system/ganger-*.service").all()).isEmpty();
            assertThat(machine.does("systemctl is-active ganger-coordinator ganger-agent; systemctl is-enabled ganger-agent"))
                    .isEqualTo("active\nactive\nenabled\n");
            assertThat(machine.does("ganger run sh -c 'id -un; cat /proc/self/cgroup'")).startsWith("ganger\n")
                    .contains("ganger-agent.service");

            stopsWithADrain(machine);
            staysAwayAfterStop(machine);
            comesBackAfterAKill(machine);

            assertThat(machine.does("ganger agent uninstall --local --purge && ganger coordinator uninstall --purge"))
                    .contains("uninstalled");
            assertThat(machine
                    .does("find /etc /opt /var/lib /usr/local -name '*ganger*'; systemctl list-unit-files 'ganger*' --no-legend || :"))
                    .isEmpty();
        }
    }

    private static void stopsWithADrain(Machine machine) {
        var job = machine.does("ganger submit sh -c 'until [ -e /tmp/go ]; do sleep 0.1; done'").strip();
        machine.does("until ganger jobs --state running -o quiet | grep -qx " + job + "; do sleep 0.2; done");
        machine.does(
                "systemctl stop --no-block ganger-agent; until [ \"$(systemctl show -p ActiveState --value ganger-agent)\" = deactivating ];"
                        + " do sleep 0.2; done; touch /tmp/go; systemctl stop ganger-agent");
        assertThat(machine.does("ganger show " + job + " -o json")).contains("\"state\":\"succeeded\"");
        assertThat(machine.does("systemctl show -p Result --value ganger-agent")).isEqualTo("success\n");
        machine.does("systemctl start ganger-agent");
    }

    /** Were it to be started again, its state would be activating. */
    private static void staysAwayAfterStop(Machine machine) {
        machine.does("ganger stop");
        assertThat(machine.does(
                "while state=$(systemctl show -p ActiveState --value ganger-agent); echo $state | grep -qE '^(active|deactivating)'; do sleep 0.2; done;"
                        + " echo $state"))
                .isEqualTo("inactive\n");
        assertThat(machine.does("ganger agent install --local")).contains("started again");
    }

    /** And no task of it is left. */
    private static void comesBackAfterAKill(Machine machine) {
        machine.does("ganger submit sleep 4711; until pgrep -x -u ganger sleep; do sleep 0.2; done");
        machine.does("before=$(systemctl show -p MainPID --value ganger-agent); kill -9 $before;"
                + " until now=$(systemctl show -p MainPID --value ganger-agent); [ $now != 0 ] && [ $now != $before ]; do sleep 0.2; done");
        machine.does("ganger cancel last; until ! pgrep -x -u ganger sleep; do sleep 0.2; done");
    }
}
