package dev.ganger.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What is still there of a test that used a folder. Every process of a test has the folder's name in its command line or its environment (as
 * HOME, which tasks inherit) or works in it, whoever its parent is and whatever session it made for itself.
 */
final class Leftovers {
    private static final Path PROC = Path.of("/proc");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path folder;

    private Leftovers(Path folder) {
        this.folder = folder;
    }

    static Leftovers of(Path folder) {
        return new Leftovers(folder);
    }

    /** What is on its way out gets time for it. */
    void awaitNoProcess() {
        await("nothing of " + folder + " is left").atMost(PATIENCE)
                .untilAsserted(() -> assertThat(processes().map(Leftovers::describe)).as("processes that are left").isEmpty());
    }

    /** Waits until no process of the test has this in its command line, while others go on. */
    void awaitNone(String inCommandLine) {
        await("no process '" + inCommandLine + "' is left").atMost(PATIENCE)
                .untilAsserted(() -> assertThat(processes().map(Leftovers::describe)
                        .filter(process -> process.contains(inCommandLine))).isEmpty());
    }

    static void awaitClosed(String address) {
        var colon = address.lastIndexOf(':');
        var host = address.substring(0, colon);
        var port = Integer.parseInt(address.substring(colon + 1));
        await("nobody listens on " + address).atMost(PATIENCE).until(() -> !listens(host, port));
    }

    private static boolean listens(String host, int port) throws IOException {
        try (var _ = new Socket(host, port)) {
            return true;
        } catch (ConnectException _) {
            return false;
        }
    }

    /** After a failure: whatever the test left. */
    void killProcesses() {
        processes().map(process -> Long.parseLong(process.getFileName().toString()))
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .forEach(ProcessHandle::destroyForcibly);
    }

    void removeFolder() {
        try (Stream<Path> files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder, e);
        }
    }

    private Stream<Path> processes() {
        return all().filter(this::isOurs);
    }

    private static Stream<Path> all() {
        try (Stream<Path> entries = Files.list(PROC)) {
            return List.copyOf(entries.filter(entry -> entry.getFileName().toString().matches("[0-9]+")).toList()).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isOurs(Path process) {
        var mark = folder.toString();
        return read(process, "cmdline").contains(mark) || read(process, "environ").contains(mark) || worksIn(process, mark);
    }

    private static boolean worksIn(Path process, String mark) {
        try {
            return Files.readSymbolicLink(process.resolve("cwd")).startsWith(mark);
        } catch (IOException _) {
            return false;
        }
    }

    /** Empty if it has gone meanwhile or is somebody else's. */
    private static String read(Path process, String file) {
        try {
            return new String(Files.readAllBytes(process.resolve(file)), StandardCharsets.ISO_8859_1);
        } catch (IOException _) {
            return "";
        }
    }

    private static String describe(Path process) {
        return process.getFileName() + ": " + read(process, "cmdline").replace('\0', ' ');
    }
}
