package dev.ganger.cli.command;

import dev.ganger.cli.client.Coordinator;
import dev.ganger.cli.client.Failure;
import dev.ganger.cli.client.Failure.Kind;
import dev.ganger.cli.view.Demos;
import dev.ganger.cli.view.Output;
import dev.ganger.trust.Context;
import dev.ganger.trust.Contexts;
import dev.ganger.wire.Address;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A coordinator and its agents in a temporary folder; closing ends them and removes the folder, also on Ctrl-C. */
final class Demo implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration END = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private final Path launcher;
    private final Output output;
    private final Path folder;
    private final List<Part> agents = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();
    private final Thread onExit = Thread.ofPlatform().name("demo-end").unstarted(this::end);
    private boolean ended;

    Demo(Path launcher, String parent, Output output) {
        this.launcher = launcher;
        this.output = output;
        this.folder = temporaryFolder(parent);
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    private static Path temporaryFolder(String parent) {
        try {
            return parent.isEmpty()
                    ? Files.createTempDirectory("ganger-demo-")
                    : Files.createTempDirectory(Path.of(parent), "ganger-demo-");
        } catch (IOException problem) {
            throw new Failure(Kind.FAILED, "cannot make a temporary folder: " + problem.getMessage(), problem);
        }
    }

    /** Who one is there: what its coordinator wrote for its user. */
    Context start(int count) {
        var data = folder.resolve("coordinator");
        var coordinator = start("coordinator", "coordinator", "run", "--listen", "localhost:0", "--data", data.toString());
        var address = address(coordinator, data.resolve("address"));
        var slots = Math.max(1, Runtime.getRuntime().availableProcessors() / count);
        for (var number = 1; number <= count; number++) {
            agents.add(start("agent-" + number, "agent", "run", "--coordinator", address.toString(), "--name", "demo-" + number,
                    "--slots", Integer.toString(slots), "--data", folder.resolve("agent-" + number).toString()));
        }
        return context(address);
    }

    private Context context(Address address) {
        try {
            var context = Contexts.of(folder.resolve(Part.CONFIGURATION)).find(address.toString());
            if (context == null) {
                throw failed(parts.getFirst(), "wrote no context");
            }
            return context;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private synchronized Part start(String name, String... arguments) {
        if (ended) {
            throw new Failure(Kind.INTERRUPTED, "interrupted");
        }
        var part = Part.start(launcher, name, folder, List.of(arguments));
        parts.add(part);
        return part;
    }

    private Address address(Part coordinator, Path file) {
        var patience = START;
        while (!Files.exists(file)) {
            patience = patience.minus(LOOK_EVERY);
            if (coordinator.endedWithin(LOOK_EVERY) || patience.isNegative()) {
                throw failed(coordinator, "did not start");
            }
        }
        try {
            return Address.parse(Files.readString(file).strip());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    void awaitAgents(Coordinator coordinator) {
        var patience = START;
        while (coordinator.status().agents().alive() < agents.size()) {
            patience = patience.minus(LOOK_EVERY);
            for (var agent : agents) {
                if (agent.endedWithin(LOOK_EVERY.dividedBy(agents.size())) || patience.isNegative()) {
                    throw failed(agent, "did not start");
                }
            }
        }
    }

    /** After STOP: the agents end by themselves, then the coordinator is told to; all must end well. */
    void finish() {
        for (var agent : agents) {
            if (!agent.endedWithin(END)) {
                throw failed(agent, "did not end after STOP");
            }
            if (agent.exitCode() != 0) {
                throw failed(agent, "ended with exit code " + agent.exitCode());
            }
        }
        var coordinator = parts.getFirst();
        coordinator.terminate();
        if (!coordinator.endedWithin(END)) {
            throw failed(coordinator, "did not end after TERM");
        }
        if (coordinator.exitCode() != 0) {
            throw failed(coordinator, "ended with exit code " + coordinator.exitCode());
        }
    }

    /** Everything stays as it is. */
    synchronized void keep(Context context) {
        ended = true;
        Runtime.getRuntime().removeShutdownHook(onExit);
        Demos.howToUse(output, context.folder().path().toString(), parts.getFirst().pid(), folder.toString());
    }

    private Failure failed(Part part, String how) {
        output.details(part.tailOfLog());
        return new Failure(Kind.FAILED, "the demo's " + part.name() + " " + how + "; above is the end of what it said");
    }

    @Override
    public void close() {
        if (end()) {
            Runtime.getRuntime().removeShutdownHook(onExit);
        }
    }

    /** False if it had been ended before. */
    private synchronized boolean end() {
        if (ended) {
            return false;
        }
        ended = true;
        parts.reversed().forEach(Part::terminate);
        parts.reversed().forEach(part -> part.end(Duration.ofSeconds(5)));
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(Demo::delete);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        return true;
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
