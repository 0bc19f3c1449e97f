package dev.ganger.system;

import dev.ganger.system.InstallDocument.Block;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.Network;

import static org.assertj.core.api.Assertions.assertThat;

/** Every command of docs/install.md works, in the order of the page, from the archive that is shipped, on machines where nothing is. */
final class InstallDocumentIT {
    private static final String QUEUE = "queue.example";
    private static final int FROM_NOTHING = 3;
    private static final int MOST_COMMANDS = 10;

    @BeforeAll
    static void engine() {
        Engine.assumeItAnswers();
    }

    @Test
    void everyCommandWorks() throws IOException {
        try (var machines = new Machines()) {
            var blocks = InstallDocument.blocks();
            assertThat(blocks).hasSizeGreaterThan(FROM_NOTHING);
            blocks.forEach(machines::call);
        }
    }

    /** The first three blocks, with times: a coordinator, three agents and 1,000 tasks in fewer than ten commands. */
    @Test
    void fromNothingToAThousandTasks() throws IOException {
        try (var machines = new Machines()) {
            InstallDocument.blocks().subList(0, FROM_NOTHING).forEach(machines::call);

            var took = machines.times.stream().reduce(Duration.ZERO, Duration::plus);
            System.out.println("From nothing to 1,000 tasks on three agents:\n" + String.join("\n", machines.log)
                    + "\n%d commands, %.1f s".formatted(machines.times.size(), took.toMillis() / 1e3));
            assertThat(machines.times).hasSizeLessThan(MOST_COMMANDS);
            assertThat(machines.of(QUEUE).does("ganger results -o json").lines())
                    .filteredOn(line -> line.contains("\"succeeded\""))
                    .hasSize(1_000 + 3);
            assertThat(machines.of(QUEUE).does("ganger agents -o quiet").lines()).hasSize(3);
        }
    }

    /** The machines that the page speaks of, made when it does; the archive is on each. */
    private static final class Machines implements AutoCloseable {
        private final Network network = Network.newNetwork();
        private final Map<String, Machine> machines = new HashMap<>();
        private final List<String> log = new ArrayList<>();
        private final List<Duration> times = new ArrayList<>();

        Machine of(String name) {
            return machines.computeIfAbsent(name, this::make);
        }

        private Machine make(String name) {
            var machine = Machine.withSsh(network, name);
            machine.bringArchive();
            return machine;
        }

        void call(Block block) {
            var machine = of(block.host());
            if (!block.brings().isEmpty()) {
                machine.put(block.brings(), of(QUEUE).does("cat " + block.brings()));
            }
            for (var line : block.lines()) {
                prepareFor(line);
                var since = System.nanoTime();
                machine.does(InstallDocument.ofThisBuild(line));
                var took = Duration.ofNanos(System.nanoTime() - since);
                times.add(took);
                log.add(String.format(Locale.ROOT, "%6.1f s  %s", took.toMillis() / 1e3, line));
            }
        }

        /** Whoever is to be reached by ssh is there, and lets the one in who asks. */
        private void prepareFor(String line) {
            for (var word : line.split(" ")) {
                var at = word.indexOf('@');
                if (at > 0 && !machines.containsKey(word.substring(at + 1))) {
                    var other = of(word.substring(at + 1));
                    of(QUEUE).mayLogInTo(other);
                    of(QUEUE).trust(other);
                }
            }
        }

        @Override
        public void close() {
            machines.values().forEach(Machine::close);
            network.close();
        }
    }
}
