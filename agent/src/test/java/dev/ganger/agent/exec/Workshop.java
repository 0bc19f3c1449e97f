package dev.ganger.agent.exec;

import dev.ganger.model.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Starts children for a test, and afterwards looks whether anything of them is left in this machine. */
final class Workshop implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(30);
    static final String PATH = "PATH=/usr/local/bin:/usr/bin:/bin";
    private static final AtomicInteger LAST_MARK = new AtomicInteger();
    private static final List<String> KINDS = List.of("pipe:", "anon_inode:", "/memfd:", "/dev/null", "/proc/");

    private final String mark = "test" + ProcessHandle.current().pid() + "-" + LAST_MARK.incrementAndGet() + "-";
    private final AtomicInteger lastTask = new AtomicInteger();
    private final Map<String, Integer> descriptorsBefore = descriptors();
    final Processes processes = Processes.open();

    /** Changes a launch. */
    record Order(List<Bytes> arguments, List<Bytes> environment, String directory, Duration grace, Bytes input) {
        static Order of(String... arguments) {
            var bytes = Stream.of(arguments).map(Bytes::utf8).toList();
            return new Order(bytes, List.of(Bytes.utf8(PATH)), "/", Duration.ofSeconds(20), Bytes.EMPTY);
        }

        static Order shell(String script, String... arguments) {
            return of(Stream.concat(Stream.of("/bin/sh", "-c", script, "sh"), Stream.of(arguments)).toArray(String[]::new));
        }

        Order withArguments(Bytes... more) {
            var all = new ArrayList<>(arguments);
            all.addAll(List.of(more));
            return new Order(all, environment, directory, grace, input);
        }

        Order withEnvironment(Bytes... exactly) {
            return new Order(arguments, List.of(exactly), directory, grace, input);
        }

        Order in(Path folder) {
            return new Order(arguments, environment, folder.toString(), grace, input);
        }

        Order grace(Duration time) {
            return new Order(arguments, environment, directory, time, input);
        }

        Order input(Bytes given) {
            return new Order(arguments, environment, directory, grace, given);
        }
    }

    Launch launch(Order order) {
        var task = Bytes.utf8(mark + lastTask.incrementAndGet());
        var environment = new ArrayList<>(order.environment());
        environment.add(Launch.variable(task));
        return new Launch(order.arguments(), environment, Bytes.utf8(order.directory()), task, order.grace(), order.input());
    }

    Recorder start(Order order) {
        var recorder = new Recorder();
        try {
            recorder.child = processes.start(launch(order), recorder);
            return recorder;
        } catch (CannotStart obstacle) {
            throw new AssertionError(obstacle);
        }
    }

    Recorder run(Order order) {
        var recorder = start(order);
        recorder.exit();
        return recorder;
    }

    @Override
    public void close() {
        processes.close();
        assertNothingIsLeft();
    }

    private void assertNothingIsLeft() {
        assertThat(ownProcesses()).as("processes left").isEmpty();
        await().atMost(Duration.ofSeconds(2)).untilAsserted(() -> assertThat(zombies()).as("zombies left").isEmpty());
        assertThat(descriptors()).as("descriptors left").isEqualTo(descriptorsBefore);
        assertThat(Thread.getAllStackTraces().keySet()).as("threads left")
                .noneMatch(each -> each.getName().equals("ganger-exec"));
    }

    /** By the start of the task mark. */
    List<Long> ownProcesses() {
        var variable = "\0" + Launch.TASK_VARIABLE + "=" + mark;
        return ProcFiles.all().stream().map(ProcFiles.Sighting::pid).filter(pid -> environment(pid).contains(variable)).toList();
    }

    private static String environment(long pid) {
        try {
            return "\0" + Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1);
        } catch (IOException _) {
            return "";
        }
    }

    static List<ProcFiles.Sighting> zombies() {
        long self = ProcessHandle.current().pid();
        return ProcFiles.all().stream().filter(each -> each.parent() == self && !each.living()).toList();
    }

    static Map<String, Integer> descriptors() {
        var counts = new TreeMap<String, Integer>();
        var names = new java.io.File("/proc/self/fd").list();
        for (var each : names == null ? new String[0] : names) {
            try {
                var target = Files.readSymbolicLink(Path.of("/proc/self/fd", each)).toString();
                KINDS.stream().filter(target::startsWith).forEach(kind -> counts.merge(kind, 1, Integer::sum));
            } catch (IOException _) {
                // the one that listed the folder
            }
        }
        return counts;
    }
}
