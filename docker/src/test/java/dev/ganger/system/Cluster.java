package dev.ganger.system;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.startupcheck.IsRunningStartupCheckStrategy;
import org.testcontainers.images.builder.ImageFromDockerfile;

/** A coordinator and its agents, each a container with its own address on a private network. Closing it removes them. */
final class Cluster implements AutoCloseable {
    private static final String ADDRESS = "coordinator:7411";

    private final Network network = Network.newNetwork();
    private final List<GenericContainer<?>> agents = new ArrayList<>();
    private final GenericContainer<?> coordinator;

    Cluster() {
        coordinator = start("coordinator", "coordinator", "--listen", "0.0.0.0:7411", "--insecure");
    }

    /** Starts an agent on a machine of that name. */
    GenericContainer<?> startAgent(String name) {
        GenericContainer<?> agent = start("agent", name, "--coordinator", ADDRESS, "--name", name, "--slots", "2");
        agents.add(agent);
        return agent;
    }

    GenericContainer<?> coordinator() {
        return coordinator;
    }

    /** Runs `ganger` with these arguments on the coordinator's machine; fails with what it printed unless it exits with 0. */
    String ganger(String... arguments) {
        var command = new ArrayList<>(List.of("ganger"));
        command.addAll(List.of(arguments));
        command.addAll(1, List.of("--coordinator", ADDRESS));
        ExecResult result = run(coordinator, command.toArray(String[]::new));
        if (result.getExitCode() != 0) {
            throw new AssertionError("Expected that " + command + " exits with 0, found " + result.getExitCode() + ": "
                    + result.getStdout() + result.getStderr() + "\nThe coordinator wrote:\n" + coordinator.getLogs());
        }
        return result.getStdout();
    }

    /** Ends the coordinator as an operator would: SIGTERM, and KILL if it has not gone after 10 s. */
    void stopCoordinator() {
        coordinator.getDockerClient().stopContainerCmd(coordinator.getContainerId()).withTimeout(10).exec();
    }

    static boolean isRunning(GenericContainer<?> container) {
        return Objects.equals(container.getCurrentContainerInfo().getState().getRunning(), true);
    }

    static long exitCode(GenericContainer<?> container) {
        return Objects.requireNonNull(container.getCurrentContainerInfo().getState().getExitCodeLong(), "no exit code");
    }

    @Override
    public void close() {
        agents.forEach(GenericContainer::stop);
        coordinator.stop();
        network.close();
    }

    private GenericContainer<?> start(String target, String host, String... options) {
        GenericContainer<?> container = new GenericContainer<>(image(target)).withNetwork(network).withNetworkAliases(host)
                .withCreateContainerCmdModifier(create -> create.withHostName(host)).withCommand(options)
                .withStartupCheckStrategy(new IsRunningStartupCheckStrategy());
        container.start();
        return container;
    }

    private static ImageFromDockerfile image(String target) {
        return new ImageFromDockerfile("ganger-test-" + target, true).withFileFromPath("Dockerfile", Path.of("Dockerfile"))
                .withFileFromPath("ganger", Path.of(System.getProperty("ganger.distribution"))).withTarget(target);
    }

    private static ExecResult run(GenericContainer<?> container, String... command) {
        try {
            return container.execInContainer(command);
        } catch (IOException e) {
            throw new AssertionError("The engine could not run " + List.of(command), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while running " + List.of(command), e);
        }
    }
}
