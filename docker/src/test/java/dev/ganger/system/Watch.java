package dev.ganger.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The wall clock of processes, which can be set while they run; libfaketime, loaded before the C library, asks a file. Their monotonic clock,
 * and so what they wait for, is the kernel's. What they start has the machine's time.
 */
final class Watch {
    private static final String LIBRARY = "libfaketime.so.1";
    private static final long LOOKED_NANOS = TimeUnit.MILLISECONDS.toNanos(1_200);

    private final Path file;

    Watch(Path file) {
        this.file = file;
        write(Duration.ZERO);
    }

    /** Skips the test, and says so, where there is no libfaketime. */
    static void assumeItCanBeSet() {
        assumeTrue(library().isPresent(), "no libfaketime");
    }

    private static Optional<Path> library() {
        try (Stream<Path> files = Files.find(Path.of("/usr/lib"), 3, (path, _) -> path.endsWith(LIBRARY))) {
            return files.findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The place, for processes that go by this watch. */
    Place worn(Place place) {
        return place.with("LD_PRELOAD", library().orElseThrow().toString()).with("FAKETIME_TIMESTAMP_FILE", file.toString())
                .with("FAKETIME_CACHE_DURATION", "1").with("FAKETIME_DONT_FAKE_MONOTONIC", "1")
                .with("FAKETIME_FORCE_MONOTONIC_FIX", "0");
    }

    /** So far it is from the machine's clock, from now on. Nobody tells when the library has looked, which it does each second. */
    void set(Duration ahead) {
        write(ahead);
        LockSupport.parkNanos(LOOKED_NANOS);
    }

    private void write(Duration ahead) {
        try {
            var fresh = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), "%+d\n".formatted(ahead.toSeconds()));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
