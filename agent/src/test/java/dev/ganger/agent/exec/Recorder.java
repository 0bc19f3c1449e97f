package dev.ganger.agent.exec;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Keeps what it hears of one child. */
final class Recorder implements Listener {
    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    private final CompletableFuture<Exit> exit = new CompletableFuture<>();
    @Nullable
    Child child;

    @Override
    public void stdout(ByteBuffer chunk) {
        keep(stdout, chunk);
    }

    @Override
    public void stderr(ByteBuffer chunk) {
        keep(stderr, chunk);
    }

    private void keep(ByteArrayOutputStream stream, ByteBuffer chunk) {
        assertThat(exit).isNotDone();
        byte[] bytes = new byte[chunk.remaining()];
        chunk.get(bytes);
        stream.writeBytes(bytes);
    }

    @Override
    public void ended(Exit how) {
        if (!exit.complete(how)) {
            throw new AssertionError("ended twice");
        }
    }

    Child child() {
        return java.util.Objects.requireNonNull(child);
    }

    boolean hasEnded() {
        return exit.isDone();
    }

    Exit exit() {
        try {
            return exit.get(Workshop.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException failure) {
            throw new AssertionError("child " + (child == null ? "" : child.pid()) + " has not ended", failure);
        }
    }

    byte[] stdoutBytes() {
        return stdout.toByteArray();
    }

    String stdoutText() {
        return stdout.toString(StandardCharsets.ISO_8859_1);
    }

    String stderrText() {
        return stderr.toString(StandardCharsets.ISO_8859_1);
    }

    /** Waits until it has written this. */
    Recorder said(String text) {
        await().atMost(Workshop.PATIENCE).until(() -> stdoutText().contains(text));
        return this;
    }
}
