package dev.ganger.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A network of its own within this machine's kernel: a namespace for the coordinator, and one for each machine with a {@link Cable} to the
 * coordinator's. What is dropped there is really dropped, and nothing else of this machine notices. Closing it removes everything.
 */
final class Lan implements AutoCloseable {
    static final int PORT = 7411;
    /** Of the coordinator's machine, the same from everywhere. */
    static final String HOST = "10.77.0.1";
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final String SYSTEM_PROGRAMS = "/usr/sbin:/sbin:/usr/bin:/bin";

    private final String name = "ganger-%d-%d".formatted(ProcessHandle.current().pid(), NUMBERS.incrementAndGet());
    private final List<Cable> cables = new ArrayList<>();

    Lan() {
        does("ip", "netns", "add", center());
        within(center(), "ip", "link", "set", "lo", "up");
        within(center(), "ip", "address", "add", HOST + "/32", "dev", "lo");
    }

    /** Skips the test, and says so, where no namespaces can be made. */
    static void assumeItWorks() {
        assumeTrue(succeeds("unshare", "--net", "true"), "needs root, and rights to make network namespaces");
        for (var program : List.of("ip", "iptables", "nsenter", "ss")) {
            assumeTrue(Stream.of(SYSTEM_PROGRAMS.split(":", -1)).anyMatch(folder -> Files.isExecutable(Path.of(folder, program))),
                    "no " + program);
        }
    }

    private static boolean succeeds(String... command) {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start()
                    .waitFor() == 0;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Where the coordinator runs, and who speaks with it without a cable; it listens on every address. */
    Place coordinator() {
        return new Place(wayTo(center()), Map.of(), HOST + ":" + PORT);
    }

    /** Another machine, with a cable of its own. */
    Cable machine() {
        var cable = new Cable(this, cables.size() + 1);
        cables.add(cable);
        return cable;
    }

    String center() {
        return name + "-c";
    }

    String machine(int number) {
        return name + "-" + number;
    }

    static List<String> wayTo(String namespace) {
        return List.of("nsenter", "--net=/run/netns/" + namespace, "--");
    }

    static String within(String namespace, String... command) {
        return does(Stream.concat(wayTo(namespace).stream(), Stream.of(command)).toArray(String[]::new));
    }

    /** What the command prints; it must end with 0. */
    static String does(String... command) {
        try {
            var builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().put("PATH", SYSTEM_PROGRAMS);
            var process = builder.start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as("exit code of %s, which said: %s", List.of(command), said).isZero();
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while running " + List.of(command), e);
        }
    }

    @Override
    public void close() {
        cables.forEach(Cable::close);
        does("ip", "netns", "del", center());
    }
}
