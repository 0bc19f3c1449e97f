package dev.ganger.cli.command;

import dev.ganger.cli.view.Terminal;
import dev.ganger.config.Folders;
import dev.ganger.model.Bytes;
import dev.ganger.trust.Contexts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Runs the program inside the test and catches what it prints. */
final class Cli {
    final Map<String, String> environment = new HashMap<>();
    final FakeInterrupts interrupts = new FakeInterrupts();
    InputStream in = new ByteArrayInputStream(new byte[0]);
    Terminal terminal = Terminal.NONE;
    @Nullable
    Path launcher;
    @Nullable
    Path distribution;
    @Nullable
    OutputStream out;

    Cli() {
        environment.put("GANGER_CONFIG", "/dev/null");
        environment.put("HOME", "/nonexistent");
    }

    static Cli at(FakeCoordinator coordinator) {
        var cli = new Cli();
        cli.environment.put("GANGER_COORDINATOR", coordinator.address());
        cli.environment.put("GANGER_INSECURE", "true");
        return cli;
    }

    /** Is this user there, by a context under this home. */
    static Cli known(FakeCoordinator coordinator, Path home, String user) throws IOException {
        var cli = new Cli();
        cli.environment.put("HOME", home.toString());
        know(coordinator, cli.contexts(), user);
        return cli;
    }

    static void know(FakeCoordinator coordinator, Contexts contexts, String user) throws IOException {
        var context = contexts.create(user);
        context.folder().write(coordinator.access.authority.user(user, FakeAccess.YEAR));
        context.setAddresses(List.of(coordinator.address()));
    }

    Contexts contexts() {
        return Contexts.of(Path.of(Folders.configuration(environment)));
    }

    Cli stdin(String text) {
        in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    Outcome run(String... words) {
        return run(Arrays.stream(words).map(Bytes::utf8).toList());
    }

    Outcome run(List<Bytes> words) {
        var caught = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var surroundings = new Surroundings(in, out == null ? caught : out, err, terminal, environment, launcher, distribution,
                interrupts);
        var code = new Ganger(surroundings).run(words);
        return new Outcome(code, caught.toByteArray(), err.toString(StandardCharsets.UTF_8));
    }

    CompletableFuture<Outcome> start(String... words) {
        var outcome = new CompletableFuture<Outcome>();
        Thread.ofVirtual().start(() -> {
            try {
                outcome.complete(run(words));
            } catch (RuntimeException | Error problem) {
                outcome.completeExceptionally(problem);
            }
        });
        return outcome;
    }

    /** How a call ended. */
    record Outcome(int code, byte[] bytes, String err) {
        String out() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        List<String> lines() {
            return out().lines().toList();
        }
    }

    /** Ctrl-C in the hands of the test. */
    static final class FakeInterrupts implements Interrupts {
        final List<Runnable> actions = new ArrayList<>();
        volatile boolean left;

        @Override
        public synchronized void atFirst(Runnable action) {
            actions.add(action);
        }

        @Override
        public void leave() {
            left = true;
        }

        synchronized void press() {
            actions.forEach(Runnable::run);
        }
    }
}
