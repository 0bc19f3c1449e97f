package dev.ganger.fuzz;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/**
 * A reader of bytes from outside, under thousands of inputs: each gives a value, or the failure that the reader is documented to give. In the
 * normal build they are the same each time; with {@code -Dganger.fuzz.seconds=N} each reader has so long, and another seed each time; {@code .ci/fuzz} lets
 * Jazzer look for inputs.
 */
public final class Fuzz implements Executable {
    private static final int ROUNDS = 2_000;
    private static final long SEED = 20_261_125;
    /** For one input, however strange: what takes longer could be used to hold somebody up. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int SHOWN_BYTES = 2_000;

    private final String name;
    private final Reader reader;
    private final List<Class<? extends Exception>> documented;
    private final List<byte[]> seeds = new ArrayList<>();
    private int rounds = ROUNDS;

    /** What reads. */
    @FunctionalInterface
    public interface Reader {
        void read(byte[] input) throws Exception;
    }

    private Fuzz(String name, List<Class<? extends Exception>> documented, Reader reader) {
        this.name = name;
        this.documented = documented;
        this.reader = reader;
    }

    /** With the failures that it may give. */
    @SafeVarargs
    public static Fuzz of(String name, Reader reader, Class<? extends Exception>... documented) {
        return new Fuzz(name, List.of(documented), reader);
    }

    /** Inputs that are right, or nearly. */
    public Fuzz from(Collection<byte[]> more) {
        seeds.addAll(more);
        return this;
    }

    public Fuzz from(String... more) {
        return from(Stream.of(more).map(each -> each.getBytes(StandardCharsets.UTF_8)).toList());
    }

    /** It writes files, which takes a while. */
    public Fuzz slow() {
        rounds = ROUNDS / 10;
        return this;
    }

    public static Stream<DynamicTest> tests(Fuzz... all) {
        return Stream.of(all).map(each -> DynamicTest.dynamicTest(each.name, each));
    }

    List<byte[]> seeds() {
        return List.copyOf(seeds);
    }

    /** One input of somebody else. */
    void read(byte[] input) {
        accepts(0, input);
    }

    @Override
    public void execute() {
        seeds.forEach(seed -> accepts(0, seed));
        accepts(0, new byte[0]);
        var seconds = Long.getLong("ganger.fuzz.seconds", 0);
        var seed = seconds == 0 ? SEED : System.nanoTime();
        var mutator = new Mutator(seed, seeds);
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (var round = 0; seconds == 0 ? round < rounds : System.nanoTime() < end; round++) {
            var input = mutator.next();
            if (accepts(seed, input)) {
                mutator.keep(input);
            }
        }
    }

    /** Whether it gave a value. */
    private boolean accepts(long seed, byte[] input) {
        var begun = System.nanoTime();
        try {
            reader.read(input);
            return true;
        } catch (Exception failure) {
            if (documented.stream().noneMatch(each -> each.isInstance(failure))
                    || String.valueOf(failure.getMessage()).isBlank()) {
                throw broken(seed, input, failure);
            }
            return false;
        } catch (StackOverflowError | OutOfMemoryError | AssertionError failure) {
            throw broken(seed, input, failure);
        } finally {
            if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                throw broken(seed, input, new IllegalStateException("it took longer than " + PATIENCE));
            }
        }
    }

    private AssertionError broken(long seed, byte[] input, Throwable failure) {
        var shown = HexFormat.of().formatHex(input, 0, Math.min(SHOWN_BYTES, input.length));
        return new AssertionError(
                "%s, seed %d: expected a value or %s, found %s, on %d bytes: %s".formatted(name, seed, documented,
                        failure, input.length, shown),
                failure);
    }
}
