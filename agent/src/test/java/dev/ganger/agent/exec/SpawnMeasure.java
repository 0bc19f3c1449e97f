package dev.ganger.agent.exec;

import dev.ganger.agent.exec.Workshop.Order;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Compares the starting of {@code /bin/true}, two at a time, with a posix_spawn loop in C: run its main with the test class path and
 * {@code --enable-native-access=ALL-UNNAMED}; the arguments are the spawns a round and the rounds.
 */
final class SpawnMeasure {
    private static final int AT_A_TIME = 2;
    private static final int WARM_UP = 8_000;
    private static final double NANOS = 1e9;

    private SpawnMeasure() {}

    /** What one round took. */
    private record Cost(int spawns, double seconds, double cpuSeconds) {
        double spawnsPerSecond() {
            return spawns / seconds;
        }

        double cpuMicros() {
            return cpuSeconds / spawns * 1e6;
        }
    }

    public static void main(String[] arguments) throws Exception {
        int spawns = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 21;
        var folder = Files.createTempDirectory("spawn-measure");
        try (var workshop = new Workshop()) {
            var loop = compile(folder, workshop);
            inJava(workshop, WARM_UP);
            var floors = new ArrayList<Cost>();
            var ours = new ArrayList<Cost>();
            for (int round = 0; round < rounds; round++) {
                floors.add(inC(workshop, loop, spawns));
                ours.add(inJava(workshop, spawns));
            }
            print(floors, ours);
        } finally {
            Files.deleteIfExists(folder.resolve("spawn-loop"));
            Files.deleteIfExists(folder.resolve("spawn-loop.c"));
            Files.delete(folder);
        }
    }

    private static void print(List<Cost> floors, List<Cost> ours) {
        print("C", floors);
        print("Java", ours);
        var ratios = IntStream.range(0, ours.size()).mapToDouble(i -> ours.get(i).cpuMicros() / floors.get(i).cpuMicros());
        System.out.printf("CPU a spawn, Java / C: %.2f (median of %d pairs)%n", median(ratios), ours.size());
    }

    private static void print(String who, List<Cost> costs) {
        System.out.printf("%-5s %6.0f spawns/s %6.0f us CPU a spawn (medians)%n", who,
                median(costs.stream().mapToDouble(Cost::spawnsPerSecond)), median(costs.stream().mapToDouble(Cost::cpuMicros)));
    }

    private static double median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static Path compile(Path folder, Workshop workshop) throws IOException {
        var source = folder.resolve("spawn-loop.c");
        try (var stream = Objects.requireNonNull(SpawnMeasure.class.getResourceAsStream("spawn-loop.c.txt"))) {
            Files.copy(stream, source);
        }
        var program = folder.resolve("spawn-loop");
        var compiler = workshop.run(Order.of("gcc", "-O2", "-o", program.toString(), source.toString()));
        if (!compiler.exit().ending().succeeded()) {
            throw new AssertionError(compiler.stderrText());
        }
        return program;
    }

    private static Cost inC(Workshop workshop, Path loop, int spawns) {
        long before = System.nanoTime();
        var exit = workshop.run(Order.of(loop.toString(), "" + spawns)).exit();
        return new Cost(spawns, (System.nanoTime() - before) / NANOS, seconds(exit.cpuUser().plus(exit.cpuSystem())));
    }

    private static Cost inJava(Workshop workshop, int spawns) throws Exception {
        var run = new Run(workshop, spawns);
        double cpu = ownAndChildrenCpuSeconds();
        long before = System.nanoTime();
        for (int i = 0; i < AT_A_TIME; i++) {
            run.next();
        }
        run.ended.await();
        return new Cost(spawns, (System.nanoTime() - before) / NANOS, ownAndChildrenCpuSeconds() - cpu);
    }

    /** The next child starts when one ends. */
    private static final class Run implements Listener {
        private final Processes processes;
        private final Launch launch;
        private final AtomicInteger left;
        private final CountDownLatch ended;

        private Run(Workshop workshop, int spawns) {
            processes = workshop.processes;
            launch = workshop.launch(Order.of("true"));
            left = new AtomicInteger(spawns);
            ended = new CountDownLatch(spawns);
        }

        private void next() {
            if (left.getAndDecrement() > 0) {
                try {
                    processes.start(launch, this);
                } catch (CannotStart failure) {
                    throw new AssertionError(failure);
                }
            }
        }

        @Override
        public void stdout(ByteBuffer chunk) {
            throw new AssertionError("true says nothing");
        }

        @Override
        public void stderr(ByteBuffer chunk) {
            throw new AssertionError("true says nothing");
        }

        @Override
        public void ended(Exit exit) {
            next();
            ended.countDown();
        }
    }

    private static double seconds(Duration time) {
        return time.toNanos() / NANOS;
    }

    /** As /proc/self/stat counts, in ticks of 10 ms. */
    private static double ownAndChildrenCpuSeconds() throws IOException {
        var text = Files.readString(Path.of("/proc/self/stat"), StandardCharsets.ISO_8859_1);
        var fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
        int userField = 11;
        long ticks = 0;
        for (int i = 0; i < 4; i++) {
            ticks += Long.parseLong(fields[userField + i]);
        }
        return ticks / 100.0;
    }
}
