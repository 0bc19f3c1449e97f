package dev.ganger.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** A process that a test started. The launcher becomes the program, so its pid is the program's. */
final class Program {
    private static final int SIGNALS_AT_MOST = 60;

    private final List<String> command;
    private final Process process;
    private final Path out;
    private final Path err;

    Program(List<String> command, Process process, Path out, Path err) {
        this.command = command;
        this.process = process;
        this.out = out;
        this.err = err;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for the end. */
    int exitCode() {
        finished();
        return process.exitValue();
    }

    Program finished() {
        assertThat(endsWithin(Site.PATIENCE.toSeconds())).as("%s ends; so far it said: %s%s", command, out(), err()).isTrue();
        return this;
    }

    String out() {
        return new String(outBytes(), StandardCharsets.UTF_8);
    }

    String err() {
        return new String(errBytes(), StandardCharsets.UTF_8);
    }

    /** Where its standard output goes. */
    Path outFile() {
        return out;
    }

    Path errFile() {
        return err;
    }

    byte[] outBytes() {
        return read(out);
    }

    byte[] errBytes() {
        return read(err);
    }

    void terminate() {
        process.destroy();
    }

    void interrupt() {
        signal("INT");
    }

    /** It does not get the processor any more, and does not know. */
    void freeze() {
        signal("STOP");
    }

    void thaw() {
        signal("CONT");
    }

    /** As {@code kill -9}, and waits until it is gone. */
    void kill() {
        process.destroyForcibly();
        finished();
    }

    /** As an operator who has no time: TERM until it is gone, the first for a drain, the next for an end. */
    void end() {
        for (var signals = 0; process.isAlive(); signals++) {
            if (signals == SIGNALS_AT_MOST) {
                kill();
                throw new AssertionError(
                        "Expected that " + command + " ends after " + signals + " times TERM; it said: " + err());
            }
            terminate();
            endsWithin(1);
        }
    }

    private boolean endsWithin(long seconds) {
        try {
            return process.waitFor(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for " + command, e);
        }
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while signalling " + command, e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
