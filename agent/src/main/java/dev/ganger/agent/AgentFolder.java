package dev.ganger.agent;

import dev.ganger.trust.CredentialFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

/** What an agent keeps on its machine: its random id, how often it was started, its spool, the folders of its tasks; locked while it lives. */
final class AgentFolder implements AutoCloseable {
    static final long LEAST_SPOOL_BYTES = 1L << 20;
    private static final long DEFAULT_SPOOL_BYTES = 4L << 30;
    private static final int DEFAULT_PART_OF_DISK = 10;

    private final Path folder;
    private final FileChannel lock;
    private final UUID instance;
    private final long start;

    private AgentFolder(Path folder, FileChannel lock) throws IOException {
        this.folder = folder;
        this.lock = lock;
        this.instance = UUID.fromString(readOr("instance", UUID.randomUUID().toString()));
        this.start = Long.parseLong(readOr("start", "0")) + 1;
        write("instance", instance.toString());
        write("start", Long.toString(start));
    }

    /** Takes the folder for this process; throws IOException with one sentence if another has it or it cannot be used. */
    static AgentFolder open(Path folder) throws IOException {
        // Only for its owner: what tasks wrote can be in it.
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        var lock = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (lock.tryLock() == null) {
                throw new IOException("another agent works in %s; give this one another --name or --data".formatted(folder));
            }
            return new AgentFolder(folder, lock);
        } catch (OverlappingFileLockException inThisProcess) {
            lock.close();
            throw new IOException("another agent of this process works in " + folder, inThisProcess);
        } catch (IllegalArgumentException damaged) {
            lock.close();
            throw new IOException("the files 'instance' and 'start' in %s are damaged; remove them, and the agent is a new one"
                    .formatted(folder), damaged);
        } catch (IOException failure) {
            lock.close();
            throw failure;
        }
    }

    private String readOr(String name, String otherwise) throws IOException {
        var file = folder.resolve(name);
        return Files.exists(file) ? Files.readString(file).strip() : otherwise;
    }

    /** So that it is there whole, or as before. */
    private void write(String name, String content) throws IOException {
        var fresh = folder.resolve(name + ".new");
        try (var channel = FileChannel.open(fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(ByteBuffer.wrap((content + "\n").getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        }
        Files.move(fresh, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    UUID instance() {
        return instance;
    }

    long start() {
        return start;
    }

    /** What an agent in that folder shows of itself. */
    static CredentialFolder credentials(Path folder) {
        return new CredentialFolder(folder.resolve("identity"));
    }

    CredentialFolder credentials() {
        return credentials(folder);
    }

    Path spool() {
        return folder.resolve("spool");
    }

    /** The smaller of 4 GiB and a tenth of the disk where the folder is, or will be; whole MiB. */
    static long defaultSpoolLimit(Path folder) {
        var there = folder;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        try {
            var tenth = Files.getFileStore(there).getTotalSpace() / DEFAULT_PART_OF_DISK;
            return Math.max(LEAST_SPOOL_BYTES, Math.min(DEFAULT_SPOOL_BYTES, tenth - tenth % LEAST_SPOOL_BYTES));
        } catch (IOException unknown) {
            return DEFAULT_SPOOL_BYTES;
        }
    }

    Path tasks() {
        return folder.resolve("tasks");
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
