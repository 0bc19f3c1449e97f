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

/**
 * What is installed: all of Ganger in one file.
 *
 * @param machine what {@code uname -m} says where it runs
 */
public record Archive(Path file, String version, String machine, boolean temporary) implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("ganger-(.+)-linux-([^-]+)\\.tar\\.gz");
    private static final Map<String, String> MACHINES = Map.of("amd64", "x86_64", "x64", "x86_64", "arm64", "aarch64");
    /** Measured: what is packed takes up 2.2 times as much; and the old version is still there. */
    private static final int UNPACKED = 4;

    /** One as it is published. */
    public static Archive at(Path file) {
        var named = NAME.matcher(String.valueOf(file.getFileName()));
        if (!named.matches()) {
            throw Failure.usage("expected an archive named ganger-VERSION-linux-ARCH.tar.gz, not '" + file + "'");
        }
        if (!Files.isReadable(file)) {
            throw new Failure(Kind.FAILED, "cannot read the archive '" + file + "'; is it there?");
        }
        return new Archive(file, named.group(1), machine(named.group(2)), false);
    }

    /** Of the programs that run here, packed now. */
    public static Archive ofThis(@Nullable Path distribution, Map<String, String> environment) throws InterruptedException {
        if (distribution == null || !Files.isExecutable(distribution.resolve("runtime/bin/java"))) {
            throw new Failure(Kind.FAILED, "this ganger has no runtime of its own and cannot be copied to other machines; "
                    + "name a published archive with --archive FILE");
        }
        try {
            var file = Files.createTempFile("ganger-", ".tar.gz");
            // What was made for this machine is made again on the other.
            var packed = Conversation.hold(List.of("tar", "-C", Objects.requireNonNull(distribution.getParent()).toString(),
                    "--exclude=*.aot", "-czf", file.toString(), String.valueOf(distribution.getFileName())), environment,
                    Payload.NOTHING);
            if (!packed.isGood()) {
                Files.delete(file);
                throw new Failure(Kind.FAILED, "cannot pack '" + distribution + "': " + packed.complaint());
            }
            return new Archive(file, Build.VERSION, machine(System.getProperty("os.arch")), true);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static String machine(String name) {
        return MACHINES.getOrDefault(name, name);
    }

    long sizeBytes() {
        try {
            return Files.size(file);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** What a host should have free. */
    long roomBytes() {
        return sizeBytes() * UNPACKED;
    }

    @Override
    public void close() {
        if (temporary) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        }
    }
}
