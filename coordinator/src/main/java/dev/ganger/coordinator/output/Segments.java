package dev.ganger.coordinator.output;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files in the folder. */
final class Segments implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Segments.class);
    private static final String UNFINISHED = ".new";
    /** Files that are open for readers at a time, beside the one that is being written. */
    private static final int OPEN_FILES = 128;

    private final Path folder;
    private final SegmentSettings settings;
    private final ConcurrentSkipListMap<SegmentName, SegmentFile> files = new ConcurrentSkipListMap<>();
    private final AtomicLong lastUsed = new AtomicLong();
    private final RecentFiles recent;

    private Segments(Path folder, SegmentSettings settings, int openFiles) {
        this.folder = folder;
        this.settings = settings;
        this.recent = new RecentFiles(openFiles);
    }

    /** Makes the folder if it is not there, and removes what a copy left that was not completed, or completed. */
    static Segments open(Path folder, SegmentSettings settings) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        var segments = new Segments(folder, settings, OPEN_FILES);
        var names = segments.list();
        for (var name : names) {
            var path = folder.resolve(name.file());
            if (names.stream().anyMatch(other -> other.replaces(name))) {
                Files.delete(path);
                LOG.info("removed {}: all that lives was copied to a newer segment", path);
            } else {
                segments.add(SegmentFile.existing(path, name, settings.disk()));
            }
        }
        return segments;
    }

    /** What is in a folder now, changing nothing; so many files stay open, whatever becomes of them meanwhile. */
    static Segments look(Path folder, SegmentSettings settings, int heldFiles) throws IOException {
        var segments = new Segments(folder, settings, heldFiles);
        var names = new ArrayList<SegmentName>();
        try (var entries = Files.newDirectoryStream(folder, "segment-*")) {
            for (var entry : entries) {
                var name = SegmentName.parse(String.valueOf(entry.getFileName()));
                if (name != null) {
                    names.add(name);
                }
            }
        }
        for (var name : names) {
            if (names.stream().noneMatch(other -> other.replaces(name))) {
                segments.hold(name, heldFiles);
            }
        }
        return segments;
    }

    /** A file that is removed before it is open was copied, or nothing lived in it. */
    private void hold(SegmentName name, int heldFiles) throws IOException {
        try {
            var file = SegmentFile.existing(folder.resolve(name.file()), name, settings.disk());
            if (files.size() < heldFiles) {
                file.hold();
            }
            add(file);
        } catch (NoSuchFileException _) {
            // As if it had been removed a moment before.
        }
    }

    private List<SegmentName> list() throws IOException {
        var names = new ArrayList<SegmentName>();
        try (var entries = Files.newDirectoryStream(folder, "segment-*")) {
            for (var entry : entries) {
                var file = String.valueOf(entry.getFileName());
                var name = SegmentName.parse(file);
                if (name != null) {
                    names.add(name);
                } else if (file.endsWith(UNFINISHED)) {
                    Files.delete(entry);
                } else {
                    LOG.warn("{} is not the name of a segment: it is left alone", entry);
                }
            }
        }
        return names;
    }

    /** In the order of their numbers. */
    List<SegmentFile> all() {
        return List.copyOf(files.values());
    }

    @Nullable
    SegmentFile find(long number, int generation) {
        var file = files.get(new SegmentName(number, generation, number));
        if (file != null) {
            recent.used(file);
        }
        return file;
    }

    /** It may be closed when others are used after it. */
    void used(SegmentFile file) {
        recent.used(file);
    }

    /** Those with bytes that are not known to be durable: the last ones, mostly one. */
    List<SegmentFile> unsynced() {
        return files.values().stream().filter(file -> !file.isSynced()).toList();
    }

    /** The last one; null if there is none. */
    @Nullable
    SegmentFile last() {
        var entry = files.lastEntry();
        return entry == null ? null : entry.getValue();
    }

    /** A new and empty one after all others. */
    SegmentFile create() throws IOException {
        var name = SegmentName.plain(lastUsed.get() + 1);
        var file = SegmentFile.create(folder.resolve(name.file()), name, settings.disk());
        add(file);
        return file;
    }

    /** A file that becomes this segment when it is {@link #complete}. */
    SegmentFile begin(SegmentName name) throws IOException {
        return SegmentFile.create(folder.resolve(name.file() + UNFINISHED), name, settings.disk());
    }

    /** From here on it counts, after a crash too. */
    SegmentFile complete(SegmentFile unfinished) throws IOException {
        unfinished.sync();
        var path = folder.resolve(unfinished.name().file());
        Files.move(unfinished.path(), path, StandardCopyOption.ATOMIC_MOVE);
        syncFolder();
        var file = unfinished.movedTo(path, unfinished.name());
        add(file);
        return file;
    }

    private void add(SegmentFile file) {
        files.put(file.name(), file);
        lastUsed.accumulateAndGet(file.name().last(), Math::max);
    }

    /** Numbers up to this one are not used again, because something may speak of them. */
    void skip(long number) {
        lastUsed.accumulateAndGet(number, Math::max);
    }

    void delete(SegmentFile file) throws IOException {
        files.remove(file.name());
        file.delete();
    }

    long bytes() {
        return files.values().stream().mapToLong(SegmentFile::length).sum();
    }

    void syncFolder() throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() {
        files.values().forEach(SegmentFile::close);
    }
}
