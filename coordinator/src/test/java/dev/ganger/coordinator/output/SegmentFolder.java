package dev.ganger.coordinator.output;

import dev.ganger.coordinator.store.SqliteOutputIndex;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Stores of small segments in a folder, without a thread for their upkeep; and copies of it, as a kill would leave it. */
record SegmentFolder(Path path) {
    static SegmentSettings settings(int segmentBytes) {
        return new SegmentSettings(segmentBytes, Integer.MAX_VALUE, Duration.ofHours(1), FileChannel::open);
    }

    SegmentStore open(int segmentBytes) {
        return open(settings(segmentBytes));
    }

    SegmentStore open(SegmentSettings settings) {
        return SegmentStore.open(path, SqliteOutputIndex.open(path), failure -> {
            throw new AssertionError(failure);
        }, settings);
    }

    /** In the order of their numbers. */
    List<Path> segments() {
        return list("segment-*");
    }

    private List<Path> list(String glob) {
        try (var files = Files.newDirectoryStream(path, glob)) {
            var found = new java.util.ArrayList<Path>();
            files.forEach(found::add);
            found.sort(null);
            return found;
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    /** What a kill at this moment would leave. */
    SegmentFolder copyTo(Path to) {
        try {
            Files.createDirectories(to);
            for (var file : list("*")) {
                if (!file.toString().endsWith("-shm")) {
                    copy(file, to.resolve(file.getFileName()));
                }
            }
            return new SegmentFolder(to);
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    private static void copy(Path file, Path to) throws IOException {
        try {
            Files.copy(file, to);
        } catch (NoSuchFileException _) {
            // Removed since it was listed.
        }
    }

    void deleteIndex() {
        try {
            for (var file : list("output.db*")) {
                Files.delete(file);
            }
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }

    static void pass(SegmentStore store) {
        try {
            store.upkeep().pass();
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }
}
