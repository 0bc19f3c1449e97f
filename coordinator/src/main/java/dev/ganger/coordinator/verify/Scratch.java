package dev.ganger.coordinator.verify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** A temporary folder for what must be copied to be read; goes with all that is in it. */
final class Scratch implements AutoCloseable {
    private final Path folder;
    private int made;

    Scratch() throws IOException {
        folder = Files.createTempDirectory("ganger-verify-");
    }

    /** An empty one inside. */
    Path next() {
        try {
            return Files.createDirectory(folder.resolve(Integer.toString(made++)));
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    @Override
    public void close() throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
