package dev.ganger.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A disk of its own for a coordinator, small enough to be filled; only root can have one. */
final class SmallDisk implements AutoCloseable {
    private final Site site;
    private final Path folder;
    private final Path filler;

    private SmallDisk(Site site, Path folder) {
        this.site = site;
        this.folder = folder;
        this.filler = folder.resolve("filler");
    }

    static SmallDisk mount(Site site, String name, int megabytes) {
        var folder = site.file(name);
        try {
            Files.createDirectory(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var mounted = run("mount", "-t", "tmpfs", "-o", "mode=0700,size=" + megabytes + "m", "ganger-test", folder.toString());
        assumeTrue(mounted == 0, "needs root, to mount a disk");
        return new SmallDisk(site, folder);
    }

    /** Leaves so much room. */
    void fillButFor(int megabytes) {
        try (var out = Files.newOutputStream(filler)) {
            var megabyte = new byte[1 << 20];
            while (Files.getFileStore(folder).getUsableSpace() >= (megabytes + 1L) * megabyte.length) {
                out.write(megabyte);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void makeRoom() {
        try {
            Files.delete(filler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its coordinator ends first, and what is on it is looked at while it is there. */
    @Override
    public void close() {
        try {
            site.endCoordinators();
            site.verifyAtLast();
        } finally {
            assertThat(run("umount", folder.toString())).as("exit code of umount").isZero();
        }
    }

    private static int run(String... command) {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start()
                    .waitFor();
        } catch (IOException _) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for " + command[0], e);
        }
    }
}
