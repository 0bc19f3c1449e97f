package dev.ganger.coordinator.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes sure that one coordinator uses a data folder; the operating system gives the lock back when the process ends. */
final class FolderLock implements AutoCloseable {
    private static final String FILE = "lock";

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    static FolderLock take(Path folder) {
        var file = folder.resolve(FILE);
        try {
            var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locks(channel)) {
                channel.close();
                throw new StoreException(
                        "the data folder %s is in use by the coordinator with pid %s: stop that one, or give this one another --data"
                                .formatted(folder, Files.readString(file).strip()));
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
            return new FolderLock(channel);
        } catch (IOException cause) {
            throw new StoreException("cannot lock the data folder with %s: %s; look at its rights and its disk"
                    .formatted(file, cause.getMessage()), cause);
        }
    }

    private static boolean locks(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException _) {
            return false;
        }
    }

    /** The file stays: to remove it would race with the next coordinator. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException cause) {
            throw new StoreException("cannot unlock the data folder: " + cause.getMessage(), cause);
        }
    }
}
