package dev.ganger.cli.install;

import dev.ganger.cli.client.Failure;
import dev.ganger.cli.client.Failure.Kind;
import dev.ganger.wire.Build;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is installed: all of Ganger in one file, a published one or this one, which is packed when the first host needs it. */
public final class Archive implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("ganger-(.+)-linux-([^-]+)\\.tar\\.gz");
    private static final Map<String, String> MACHINES = Map.of("amd64", "x86_64", "x64", "x86_64", "arm64", "aarch64");
    /** Unpacked it takes up a little over 100 MB, and the version before may still be there. */
    private static final long ROOM_BYTES = 256L << 20;

    private final String version;
    private final String machine;
    private final @Nullable Path distribution;
    private final Map<String, String> environment;
    private @Nullable Path file;

    private Archive(String version, String machine, @Nullable Path distribution, Map<String, String> environment,
            @Nullable Path file) {
        this.version = version;
        this.machine = MACHINES.getOrDefault(machine, machine);
        this.distribution = distribution;
        this.environment = Map.copyOf(environment);
        this.file = file;
    }

    /** One as it is published. */
    public static Archive at(Path file) {
        var named = NAME.matcher(String.valueOf(file.getFileName()));
        if (!named.matches()) {
            throw Failure.usage("expected an archive named ganger-VERSION-linux-ARCH.tar.gz, not '" + file + "'");
        }
        if (!Files.isReadable(file)) {
            throw new Failure(Kind.FAILED, "cannot read the archive '" + file + "'; is it there?");
        }
        return new Archive(named.group(1), named.group(2), null, Map.of(), file);
    }

    /** The programs that run here. */
    public static Archive ofThis(@Nullable Path distribution, Map<String, String> environment) {
        if (distribution == null || !Files.isExecutable(distribution.resolve("runtime/bin/java"))) {
            throw new Failure(Kind.FAILED, "this ganger has no runtime of its own and cannot be copied to other machines; "
                    + "name a published archive with --archive FILE");
        }
        return new Archive(Build.VERSION, System.getProperty("os.arch"), distribution, environment, null);
    }

    String version() {
        return version;
    }

    /** What {@code uname -m} says where it runs. */
    String machine() {
        return machine;
    }

    /** What a host should have free. */
    long roomBytes() {
        return ROOM_BYTES;
    }

    synchronized Path file() throws InterruptedException {
        var known = file;
        if (known == null) {
            known = pack(Objects.requireNonNull(distribution));
            file = known;
        }
        return known;
    }

    private Path pack(Path folder) throws InterruptedException {
        try {
            var packed = Files.createTempFile("ganger-", ".tar.gz");
            // What was made for this machine is made again on the other.
            var answer = Conversation.hold(List.of("tar", "-C", Objects.requireNonNull(folder.getParent()).toString(),
                    "--exclude=" + folder.getFileName() + "/lib/cache", "-czf", packed.toString(),
                    String.valueOf(folder.getFileName())), environment,
                    Payload.NOTHING);
            if (!answer.isGood()) {
                Files.delete(packed);
                throw new Failure(Kind.FAILED, "cannot pack '" + folder + "': " + answer.complaint());
            }
            return packed;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    @Override
    public synchronized void close() {
        if (distribution != null && file != null) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        }
    }
}
