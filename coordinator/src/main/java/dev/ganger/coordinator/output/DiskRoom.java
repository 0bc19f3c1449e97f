package dev.ganger.coordinator.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How much room the disk of a folder has left. With little, no new work is accepted; with less, no output is taken until there is more. */
public final class DiskRoom {
    private static final long WORK_BYTES = 512L << 20;
    private static final long WORK_PART = 10;
    private static final long OUTPUT_BYTES = 256L << 20;
    private static final long OUTPUT_PART = 20;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final List<Place> places;

    /** What a disk has, and what of it is free for this process. */
    record Space(long total, long free) {}

    /** Where to look. */
    interface Disk {
        Space space() throws IOException;
    }

    /** Of the disks of these folders, which may be one. */
    public DiskRoom(Path... folders) {
        this(Stream.of(folders).map(folder -> new Place(folder, () -> {
            var store = Files.getFileStore(folder);
            return new Space(store.getTotalSpace(), store.getUsableSpace());
        })).toList());
    }

    DiskRoom(Path folder, Disk disk) {
        this(List.of(new Place(folder, disk)));
    }

    private DiskRoom(List<Place> places) {
        this.places = places;
    }

    /** Why there is no room for new work, in a sentence; null if there is. */
    public @Nullable String refusal() {
        for (var place : places) {
            var now = place.look();
            var least = Math.min(WORK_BYTES, now.total() / WORK_PART);
            if (now.free() < least) {
                return "the coordinator's disk is nearly full: %d MB are free in %s, and new work needs %d MB; make room, or let 'ganger forget' drop finished jobs"
                        .formatted(now.free() >> 20, place.folder, least >> 20);
            }
        }
        return null;
    }

    public boolean hasRoomForOutput() {
        return places.stream().map(Place::look)
                .allMatch(now -> now.free() >= Math.min(OUTPUT_BYTES, now.total() / OUTPUT_PART));
    }

    /** One folder, and what was seen of its disk. */
    private static final class Place {
        private final Path folder;
        private final Disk disk;
        private long lookedAt = System.nanoTime() - LOOK_NANOS;
        private Space space = new Space(Long.MAX_VALUE, Long.MAX_VALUE);

        private Place(Path folder, Disk disk) {
            this.folder = folder;
            this.disk = disk;
        }

        private synchronized Space look() {
            if (System.nanoTime() - lookedAt >= LOOK_NANOS) {
                lookedAt = System.nanoTime();
                try {
                    space = disk.space();
                } catch (IOException _) {
                    // A folder that cannot be looked at cannot be written to either, and that says more.
                    space = new Space(Long.MAX_VALUE, Long.MAX_VALUE);
                }
            }
            return space;
        }
    }
}
