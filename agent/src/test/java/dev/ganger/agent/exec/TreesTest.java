package dev.ganger.agent.exec;

import dev.ganger.agent.exec.Workshop.Order;
import dev.ganger.model.Survivors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Every kind of tree, ended in every way: nothing of it is there when the grace and two seconds are over. */
final class TreesTest {
    private static final Duration GRACE = Duration.ofMillis(500);
    private static final Duration MORE = Duration.ofSeconds(2);
    /** For machines on which more than this is done. */
    private static final Duration SLACK = Duration.ofSeconds(8);

    @TempDir
    private Path all;

    /**
     * A shape of processes. Each process of it writes a file with its pid as the name, however it hides; the first one waits for the file
     * {@code go}, and what it leaves goes on. {@code idle} is a process that blocks without running another program.
     */
    private enum Shape {
        FORK("idle & idle &", 2), DOUBLE_FORK("(idle &) ; ( (idle &) & )", 2), SESSION("setsid sh -c \"$lib; idle\" &",
                1), DAEMON("(setsid sh -c \"$lib; (idle &) ; exit\" &)", 1), IGNORES_TERM(
                        "trap '' TERM; (trap '' TERM; idle) & (setsid sh -c \"$lib; trap '' TERM HUP; idle\" &)",
                        2), STOPPED("(mark; kill -STOP $(self)) & setsid sh -c \"$lib; mark; kill -STOP \\$\\$\" &",
                                2), HOLDS_PIPES("(idle) & (setsid sh -c \"$lib; trap '' TERM; idle\" >&2 &)",
                                        2), CLEARED_ENVIRONMENT("env -i sh -c \"$lib; (setsid sh -c '$lib; (idle &)' &)\" &",
                                                1), THOUSANDS("many 1000 & setsid sh -c \"$lib; many 1000\" &",
                                                        2000), HUNDREDS_OF_SESSIONS(
                                                                "n=0; while [ $n -lt 150 ]; do setsid sh -c \"$lib; trap '' TERM; idle\" & n=$((n+1)); done",
                                                                150), GROWS(
                                                                        "(trap '' TERM; many 1500) & setsid sh -c \"$lib; trap '' TERM; many 1500\" &",
                                                                        50), HOPS(
                                                                                "(trap '' TERM; hop 0) & setsid sh -c \"$lib; trap '' TERM; hop 0\" &",
                                                                                50);

        private final String script;
        private final int processes;

        Shape(String script, int processes) {
            this.script = script;
            this.processes = processes;
        }
    }

    /** A way to the end. Cancel and timeout both are {@link Child#end}; the agent's stop closes all. */
    private enum Way {
        CANCEL_OR_TIMEOUT, KILL, STOP, NORMAL_EXIT
    }

    @TestFactory
    Stream<DynamicTest> areGoneInTime() {
        return Stream.of(Shape.values()).flatMap(shape -> Stream.of(Way.values()).map(way -> DynamicTest
                .dynamicTest(shape + ", " + way, () -> {
                    try (var workshop = new Workshop()) {
                        isGoneInTime(workshop, Files.createDirectory(all.resolve(shape + "-" + way)), shape, way);
                    }
                })));
    }

    private static void isGoneInTime(Workshop workshop, Path folder, Shape shape, Way way) throws Exception {
        assertThat(new ProcessBuilder("mkfifo", folder.resolve("never").toString()).start().waitFor()).isZero();
        var library = LIBRARY.strip().replace("FOLDER", folder.toString());
        var script = "lib='%s'; eval \"$lib\"; %s\nwhile ! [ -e %s/go ]; do sleep 0.02; done".formatted(
                library.replace("'", "'\\''"), shape.script, folder);
        var child = workshop.start(Order.shell(script).grace(GRACE));
        await("the tree").atMost(Duration.ofSeconds(60)).failFast("the shell ends", child::hasEnded)
                .until(() -> pids(folder).size() >= shape.processes);
        var begun = System.nanoTime();
        switch (way) {
            case CANCEL_OR_TIMEOUT -> child.child().end();
            case KILL -> child.child().kill();
            case STOP -> workshop.processes.close();
            case NORMAL_EXIT -> Files.createFile(folder.resolve("go"));
        }
        var exit = child.exit();
        var took = Duration.ofNanos(System.nanoTime() - begun);
        assertThat(exit.notEnded()).isEqualTo(Survivors.NONE);
        assertThat(living(folder)).as("processes that live when the end is told").isEmpty();
        assertThat(took).as("how long it took").isLessThan(GRACE.plus(MORE).plus(SLACK));
    }

    private static final String LIBRARY = """
            self() { read pid rest < /proc/self/stat; echo $pid; }
            mark() { read pid rest < /proc/self/stat; : > FOLDER/p$pid; }
            idle() { mark; read x < FOLDER/never; }
            many() { m=0; while [ $m -lt $1 ]; do idle & m=$((m+1)); done; wait; }
            hop() { mark; if [ $1 -lt 20000 ]; then hop $(($1+1)) & fi; }
            """;

    private static List<Long> pids(Path folder) throws Exception {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.startsWith("p"))
                    .map(name -> Long.parseLong(name.substring(1))).toList();
        }
    }

    private static List<Long> living(Path folder) throws Exception {
        return pids(folder).stream().filter(pid -> {
            var process = ProcFiles.process(pid);
            return process != null && process.living();
        }).toList();
    }
}
