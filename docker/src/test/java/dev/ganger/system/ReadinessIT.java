package dev.ganger.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What systemd hears of the programs as they ship, on a real socket, and that their tasks hear nothing of it. */
final class ReadinessIT {
    private static final Path GANGER = Path.of(System.getProperty("ganger.distribution"), "bin", "ganger").toAbsolutePath();
    private static final String RECEIVER = "use Socket; $| = 1; socket(my $s, AF_UNIX, SOCK_DGRAM, 0); bind($s, pack_sockaddr_un($ARGV[0])); "
            + "print \"bound\\n\"; while (1) { recv($s, my $state, 1000, 0); print \"$state\\n\"; }";

    @TempDir
    Path folder;

    @Test
    void systemdHearsWhenTheyWorkAndWhenTheyEnd() throws IOException {
        var coordinator = new Heard("coordinator", "--listen", "localhost:0", "--data", folder.resolve("data").toString());
        try {
            coordinator.await("READY=1\nSTATUS=serving on localhost:");
            var address = Files.readString(folder.resolve("data/address")).strip();
            var agent = new Heard("agent", "--coordinator", address, "--name", "one", "--data",
                    folder.resolve("agent").toString());
            try {
                agent.await("READY=1\nSTATUS=connected to " + address + " as one");
                var task = launch("run", List.of("--coordinator", address, "run", "env"),
                        Map.of("NOTIFY_SOCKET", agent.socket()));
                assertThat(task.exitCode()).as(task.err()).isZero();
                assertThat(task.out()).contains("GANGER_TASK=").doesNotContain("NOTIFY_SOCKET");
                agent.program.terminate();
                agent.await("STOPPING=1\nSTATUS=SIGTERM: finishing what runs");
                assertThat(agent.program.exitCode()).isZero();
            } finally {
                agent.end();
            }
            coordinator.program.terminate();
            coordinator.await("STOPPING=1\nSTATUS=SIGTERM: ending");
            assertThat(coordinator.program.exitCode()).isZero();
        } finally {
            coordinator.end();
        }
    }

    private Program launch(String name, List<String> arguments, Map<String, String> environment) {
        return Launch.of(GANGER, arguments).withEnvironment(environment)
                .withDefaults(Map.of("PATH", System.getenv("PATH"), "HOME", folder.toString(), "GANGER_CACHES", "use"))
                .start(folder.resolve(name));
    }

    /** A program that runs, and what it tells a socket of its own. */
    private final class Heard {
        private final Path socket;
        private final Program receiver;
        private final Program program;

        Heard(String name, String... options) {
            socket = folder.resolve(name + ".socket");
            receiver = Launch.of(Path.of("/usr/bin/perl"), List.of("-e", RECEIVER, socket.toString()))
                    .start(folder.resolve(name + "-heard"));
            await("bound");
            var arguments = new ArrayList<>(List.of(name, "run"));
            arguments.addAll(List.of(options));
            program = launch(name, arguments, Map.of("NOTIFY_SOCKET", socket()));
        }

        String socket() {
            return socket.toString();
        }

        void await(String state) {
            ReadinessIT.await(state, receiver);
        }

        void end() {
            program.end();
            receiver.kill();
        }
    }

    private static void await(String state, Program receiver) {
        Awaitility.await(state).atMost(Site.PATIENCE).until(() -> receiver.out().contains(state));
    }
}
