package dev.ganger.cli.install;

import dev.ganger.cli.client.Failure;
import dev.ganger.cli.client.Failure.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** One process that carries a request to a host. */
final class Conversation {
    private static final int END_SECONDS = 2;

    private Conversation() {}

    /** Interrupting the caller ends the process. */
    static Answer hold(List<String> command, Map<String, String> environment, Payload input) throws InterruptedException {
        var process = start(command, environment);
        try {
            var out = readAll(process.getInputStream());
            var err = readAll(process.getErrorStream());
            write(process, input);
            return new Answer(process.waitFor(), out.get(), err.get());
        } catch (ExecutionException problem) {
            throw new Failure(Kind.FAILED, "cannot read what '" + command.getFirst() + "' says: " + problem.getCause(), problem);
        } finally {
            end(process);
        }
    }

    private static Process start(List<String> command, Map<String, String> environment) {
        try {
            var builder = new ProcessBuilder(command);
            builder.environment().clear();
            builder.environment().putAll(environment);
            return builder.start();
        } catch (IOException problem) {
            throw new Failure(Kind.FAILED, "cannot start '" + command.getFirst() + "': " + problem.getMessage(), problem);
        }
    }

    /** On a thread of the platform's, because reading a pipe holds it. */
    private static CompletableFuture<String> readAll(InputStream stream) {
        var text = new CompletableFuture<String>();
        Thread.ofPlatform().daemon().name("host-says").start(() -> {
            try (stream) {
                text.complete(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException problem) {
                text.completeExceptionally(new UncheckedIOException(problem));
            }
        });
        return text;
    }

    /** A host that gives up early says why, and that is what counts. */
    private static void write(Process process, Payload input) {
        try (var out = process.getOutputStream()) {
            input.writeTo(out);
        } catch (IOException _) {
            return;
        }
    }

    private static void end(Process process) throws InterruptedException {
        if (process.isAlive()) {
            process.destroy();
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }
}
