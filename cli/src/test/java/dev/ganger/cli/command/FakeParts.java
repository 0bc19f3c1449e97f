package dev.ganger.cli.command;

import dev.ganger.model.Agent;
import dev.ganger.model.AgentId;
import dev.ganger.trust.Contexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;

/** Plays a coordinator or an agent as a process of its own; they find each other through their folders. */
final class FakeParts {
    private FakeParts() {}

    public static void main(String... args) throws IOException {
        var arguments = new ArrayList<>(List.of(args));
        var data = Files.createDirectories(Path.of(arguments.get(arguments.indexOf("--data") + 1)));
        if (arguments.getFirst().equals("coordinator")) {
            coordinate(data);
        } else {
            serve(data.resolveSibling("coordinator").resolve("stop"));
        }
    }

    private static void coordinate(Path data) throws IOException {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> Runtime.getRuntime().halt(0)));
        try (var coordinator = FakeCoordinator.encrypted()) {
            Cli.know(coordinator, Contexts.of(Path.of(System.getenv("XDG_CONFIG_HOME"), "ganger")), "local-1");
            coordinator.agents.clear();
            coordinator.stopAnswers.add(List.of("0", "demo-1"));
            coordinator.stopAnswers.add(List.of("0"));
            var file = Files.writeString(data.resolve("address.new"), coordinator.address() + "\n");
            Files.move(file, data.resolve("address"), StandardCopyOption.ATOMIC_MOVE);
            while (true) {
                synchronized (coordinator) {
                    lookForAgents(coordinator, data);
                    if (coordinator.stopping && !Files.exists(data.resolve("stop"))) {
                        Files.createFile(data.resolve("stop"));
                    }
                    coordinator.awaitChange(20);
                }
            }
        }
    }

    private static void lookForAgents(FakeCoordinator coordinator, Path data) {
        var number = coordinator.agents.size() + 1;
        if (Files.isDirectory(data.resolveSibling("agent-" + number)) && !System.getenv().containsKey("FAKE_SILENT_AGENTS")) {
            coordinator.agents
                    .add(new Agent(new AgentId("demo-" + number, new UUID(1, number), 1), Agent.State.ALIVE, 1, 1, List.of(),
                            0, "0.1.0", Endings.START, new TreeMap<>(), ""));
        }
    }

    private static void serve(Path stop) {
        while (!Files.exists(stop)) {
            Thread.onSpinWait();
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
    }
}
