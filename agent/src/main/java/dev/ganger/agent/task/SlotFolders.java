package dev.ganger.agent.task;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** An empty folder for each running task that asked for no other, emptied after it. */
final class SlotFolders {
    private final Path root;
    private final BitSet taken = new BitSet();

    /** Empties what a former life left. */
    SlotFolders(Path root) {
        this.root = root;
        try {
            Files.createDirectories(root);
            empty(root);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot prepare the folders of tasks in " + root, failure);
        }
    }

    /** A folder that is empty and nobody else's; throws IOException if there is none to be had. */
    synchronized Path take() throws IOException {
        var number = taken.nextClearBit(0);
        var folder = root.resolve(Integer.toString(number));
        if (!Files.isDirectory(folder)) {
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        taken.set(number);
        return folder;
    }

    /** Empties the folder; one that cannot be emptied is not given out again. */
    void giveBack(Path folder) {
        try {
            empty(folder);
        } catch (IOException | UncheckedIOException _) {
            return;
        }
        synchronized (this) {
            taken.clear(Integer.parseInt(folder.getFileName().toString()));
        }
    }

    /** The folder itself stays. */
    private static void empty(Path folder) throws IOException {
        try (var content = Files.newDirectoryStream(folder)) {
            if (!content.iterator().hasNext()) {
                return;
            }
        } catch (NoSuchFileException _) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                if (!directory.equals(folder)) {
                    Files.delete(directory);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
