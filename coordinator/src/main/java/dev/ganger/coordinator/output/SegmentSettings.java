package dev.ganger.coordinator.output;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;

/**
 * The sizes of a store of segments, and its way to the disk; tests have others.
 *
 * @param segmentBytes a segment that is longer with the next frame is left for a new one; copying together moves at most so much a pass
 * @param unindexed    appends wait while the index is behind by more segments
 * @param upkeep       how often the index is written and garbage is looked for
 * @param disk         opens files
 */
record SegmentSettings(int segmentBytes, int unindexed, Duration upkeep, Disk disk) {
    static final SegmentSettings DEFAULT = new SegmentSettings(64 * 1024 * 1024, 8, Duration.ofSeconds(1), SegmentSettings::open);

    /** Opens files; a new one is for the eyes of its owner only. */
    interface Disk {
        FileChannel open(Path file, Set<? extends OpenOption> options) throws IOException;
    }

    private static FileChannel open(Path file, Set<? extends OpenOption> options) throws IOException {
        return FileChannel.open(file, options,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
}
