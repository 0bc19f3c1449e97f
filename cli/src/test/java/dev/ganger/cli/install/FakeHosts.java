package dev.ganger.cli.install;

import dev.ganger.cli.install.Ssh.SshProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Hosts that are folders, and an ssh program that runs commands there; what runs on them is ended in the end. */
public final class FakeHosts implements AutoCloseable {
    private static final List<String> PROGRAMS = List.of("ssh", "id", "uname", "getconf", "df");

    public final Path folder;

    public FakeHosts(Path folder) {
        this.folder = folder;
        for (var program : PROGRAMS) {
            write(folder.resolve("bin").resolve(program), resource(program));
        }
    }

    /** The variables of whoever calls ssh. */
    public Map<String, String> environment() {
        return Map.of("PATH", folder.resolve("bin") + ":/usr/bin:/bin", "FAKE_HOSTS", folder.toString(), "TMPDIR", "/tmp");
    }

    Ssh way(String host) {
        return new Ssh(host, new SshProgram(folder.resolve("bin/ssh").toString(), List.of("Port=22"), environment()),
                folder.resolve("socket"), false);
    }

    /** A file of a host. */
    public Path on(String host, String file) {
        return folder.resolve(host).resolve(file);
    }

    public void put(String host, String file, String text) {
        try {
            Files.createDirectories(Objects.requireNonNull(on(host, file).getParent()));
            Files.writeString(on(host, file), text + "\n");
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    public String read(String host, String file) {
        try {
            return Files.readString(on(host, file)).strip();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** An archive of this version, named as it is published. */
    public Path archive(String version) {
        try {
            var machine = System.getProperty("os.arch").equals("amd64") ? "x86_64" : "aarch64";
            write(folder.resolve("ganger-" + version + "/bin/ganger"), resource("ganger").replace("VERSION", version));
            var file = folder.resolve("ganger-" + version + "-linux-" + machine + ".tar.gz");
            var packed = new ProcessBuilder("tar", "-C", folder.toString(), "-czf", file.toString(), "ganger-" + version).start();
            if (packed.waitFor() != 0) {
                throw new AssertionError("tar ended with " + packed.exitValue());
            }
            return file;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } catch (InterruptedException problem) {
            throw new AssertionError(problem);
        }
    }

    private static String resource(String name) {
        try (var file = Objects.requireNonNull(FakeHosts.class.getResourceAsStream(name), name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static void write(Path program, String text) {
        try {
            Files.createDirectories(Objects.requireNonNull(program.getParent()));
            Files.writeString(program, text);
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    @Override
    public void close() {
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(each -> each.endsWith("agent") && Files.isRegularFile(each)).toList()) {
                ProcessHandle.of(Long.parseLong(Files.readString(file).strip())).ifPresent(ProcessHandle::destroyForcibly);
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
