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
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.Function;
import java.util.zip.CRC32C;

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
        this.instance = read("instance", UUID.randomUUID(), UUID::fromString);
        this.start = read("start", 0L, Long::parseLong) + 1;
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
        } catch (IOException failure) {
            lock.close();
            throw failure;
        }
    }

    /** A value, and its checksum in the second line. */
    private <T> T read(String name, T otherwise, Function<String, T> parser) throws IOException {
        var file = folder.resolve(name);
        if (!Files.exists(file)) {
            return otherwise;
        }
        var lines = Files.readString(file, StandardCharsets.ISO_8859_1).split("\n", -1);
        if (lines.length != 3 || !lines[1].equals(checksum(lines[0])) || !lines[2].isEmpty()) {
            throw new IOException("%s is damaged; remove %s, and the agent is a new one".formatted(file, folder));
        }
        return parser.apply(lines[0]);
    }

    private static String checksum(String value) {
        var sum = new CRC32C();
        sum.update(value.getBytes(StandardCharsets.ISO_8859_1));
        return HexFormat.of().toHexDigits(sum.getValue(), 8);
    }

    /** So that it is there whole, or as before. */
    private void write(String name, String content) throws IOException {
        var fresh = folder.resolve(name + ".new");
        try (var channel = FileChannel.open(fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(ByteBuffer.wrap((content + "\n" + checksum(content) + "\n").getBytes(StandardCharsets.US_ASCII)));
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
