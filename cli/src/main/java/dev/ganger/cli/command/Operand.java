package dev.ganger.cli.command;

import dev.ganger.cli.client.Failure;
import dev.ganger.cli.client.Failure.Kind;
import dev.ganger.model.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file that an option names, by the bytes of its name, or with '-' the standard input. */
record Operand(Bytes name, Surroundings surroundings) {
    private static final Bytes STANDARD_INPUT = Bytes.utf8("-");
    private static final Path OWN_FOLDER = Path.of("/proc/self/cwd");

    static boolean isStandardInput(@Nullable Bytes name) {
        return name != null && name.equals(STANDARD_INPUT);
    }

    boolean isStandardInput() {
        return isStandardInput(name);
    }

    /** What it is called in messages. */
    @Override
    public String toString() {
        return isStandardInput() ? "the standard input" : "'" + name + "'";
    }

    /** It is a file that says the same when it is read again: no pipe and no terminal. */
    boolean isRepeatable() {
        return !isStandardInput() && Files.isRegularFile(path());
    }

    /** How many bytes it has; negative if that is not known. */
    long size() {
        try {
            return isRepeatable() ? Files.size(path()) : -1;
        } catch (IOException _) {
            return -1;
        }
    }

    InputStream open() {
        if (isStandardInput()) {
            return surroundings.in();
        }
        try {
            if (Files.isDirectory(path())) {
                throw unreadable("it is a folder", null);
            }
            return Files.newInputStream(path());
        } catch (NoSuchFileException problem) {
            throw unreadable("no such file", problem);
        } catch (AccessDeniedException problem) {
            throw unreadable("permission denied", problem);
        } catch (IOException problem) {
            throw unreadable(String.valueOf(problem.getMessage()), problem);
        }
    }

    /** All of it, if it is no longer than that, else one byte more. */
    byte[] read(int longest) {
        try (var in = open()) {
            return in.readNBytes(longest + 1);
        } catch (IOException problem) {
            throw unreadable(String.valueOf(problem.getMessage()), problem);
        }
    }

    Failure unreadable(String reason, @Nullable Exception cause) {
        return new Failure(Kind.USAGE, "cannot read " + this + ": " + reason, cause);
    }

    /**
     * A path of a string is encoded for the locale, and LC_ALL=C can encode ASCII only. A path of a URI is made of the bytes that it
     * spells, whatever the locale.
     */
    private Path path() {
        var bytes = name.toByteArray();
        if (isAscii(bytes)) {
            return Path.of(name.toString());
        }
        var folder = Files.isDirectory(OWN_FOLDER) ? OWN_FOLDER.toString() : Path.of("").toAbsolutePath().toUri().getRawPath();
        var uri = new StringBuilder("file://").append(bytes[0] == '/' ? "" : folder + "/");
        for (var octet : bytes) {
            uri.append(octet == '/' ? "/" : "%%%02X".formatted(octet & 0xff));
        }
        return Path.of(URI.create(uri.toString()));
    }

    private static boolean isAscii(byte... bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1).chars().allMatch(each -> each < 0x80);
    }
}
