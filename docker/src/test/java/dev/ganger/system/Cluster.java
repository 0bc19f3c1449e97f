package dev.ganger.system;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.startupcheck.IsRunningStartupCheckStrategy;
import org.testcontainers.images.builder.ImageFromDockerfile;

import static org.awaitility.Awaitility.await;

/**
 * A coordinator and its agents, each a container with its own address on a private network, of the images that ship. The images are built
 * once for all tests. Closing it removes the containers.
 */
final class Cluster implements AutoCloseable {
    private static final String ADDRESS = "coordinator:7411";
    private static final ConcurrentHashMap<String, ImageFromDockerfile> IMAGES = new ConcurrentHashMap<>();

    private final Network network = Network.newNetwork();
    private final List<GenericContainer<?>> agents = new ArrayList<>();
    private final GenericContainer<?> coordinator;

    Cluster(String... coordinatorOptions) {
        var options = new ArrayList<>(List.of("--listen", "0.0.0.0:7411", "--advertise", ADDRESS));
        options.addAll(List.of(coordinatorOptions));
        coordinator = start("coordinator", "coordinator", options.toArray(String[]::new));
        awaitCoordinator();
    }

    private void awaitCoordinator() {
        await("the coordinator answers").atMost(Site.PATIENCE).ignoreExceptionsMatching(_ -> true)
                .until(() -> run(coordinator, "ganger", "status", "-o", "quiet").getExitCode() == 0);
    }

    /** Starts an agent on a machine of that name, which joins with a token of its own. */
    GenericContainer<?> startAgent(String name) {
        String token = ganger("token", "create", "agent", "--uses", "1", "-o", "quiet").strip();
        GenericContainer<?> agent = start("agent", name, "--join", token, "--name", name, "--slots", "2");
        agents.add(agent);
        return agent;
    }

    List<GenericContainer<?>> agents() {
        return List.copyOf(agents);
    }

    GenericContainer<?> coordinator() {
        return coordinator;
    }

    /** Runs `ganger` on the coordinator's machine, as the admin whom the coordinator made of its own user; fails with what it printed unless it exits with 0. */
    String ganger(String... arguments) {
        var command = new ArrayList<>(List.of("ganger"));
        command.addAll(List.of(arguments));
        return said(coordinator, command.toArray(String[]::new));
    }

    /** What the command prints on that machine; fails with it unless it exits with 0. */
    String said(GenericContainer<?> machine, String... command) {
        ExecResult result = run(machine, command);
        if (result.getExitCode() != 0) {
            throw new AssertionError("Expected that " + List.of(command) + " exits with 0, found " + result.getExitCode() + ": "
                    + result.getStdout() + result.getStderr() + "\nThe coordinator wrote:\n" + coordinator.getLogs());
        }
        return result.getStdout();
    }

    /** Ends a program as an operator would: SIGTERM, and KILL if it has not gone after 10 s. */
    static void stop(GenericContainer<?> machine) {
        machine.getDockerClient().stopContainerCmd(machine.getContainerId()).withTimeout(10).exec();
    }

    /** The program ends and starts again, on the same disk. */
    void restartCoordinator() {
        stop(coordinator);
        coordinator.getDockerClient().startContainerCmd(coordinator.getContainerId()).exec();
        awaitCoordinator();
    }

    /** As if the power were cut. */
    static void kill(GenericContainer<?> machine) {
        machine.getDockerClient().killContainerCmd(machine.getContainerId()).exec();
    }

    static void freeze(GenericContainer<?> machine) {
        machine.getDockerClient().pauseContainerCmd(machine.getContainerId()).exec();
    }

    static void thaw(GenericContainer<?> machine) {
        machine.getDockerClient().unpauseContainerCmd(machine.getContainerId()).exec();
    }

    /** Takes the cable out. */
    void cut(GenericContainer<?> machine) {
        machine.getDockerClient().disconnectFromNetworkCmd().withNetworkId(network.getId())
                .withContainerId(machine.getContainerId())
                .exec();
    }

    /** Puts it in again; the machine may have another address then. */
    void restore(GenericContainer<?> machine) {
        machine.getDockerClient().connectToNetworkCmd().withNetworkId(network.getId()).withContainerId(machine.getContainerId())
                .exec();
    }

    static boolean isRunning(GenericContainer<?> container) {
        return Objects.equals(container.getCurrentContainerInfo().getState().getRunning(), true);
    }

    static long exitCode(GenericContainer<?> container) {
        return Objects.requireNonNull(container.getCurrentContainerInfo().getState().getExitCodeLong(), "no exit code");
    }

    /** Before all ends, what the coordinator keeps is complete and agrees with itself, while it runs. */
    @Override
    public void close() {
        try {
            if (isRunning(coordinator)) {
                said(coordinator, "ganger", "verify", "--data", "/var/lib/ganger/coordinator");
            }
        } finally {
            agents.forEach(GenericContainer::stop);
            coordinator.stop();
            network.close();
        }
    }

    private GenericContainer<?> start(String target, String host, String... options) {
        GenericContainer<?> container = new GenericContainer<>(IMAGES.computeIfAbsent(target, Cluster::image))
                .withNetwork(network)
                .withNetworkAliases(host).withCreateContainerCmdModifier(create -> create.withHostName(host)).withCommand(options)
                .withStartupCheckStrategy(new IsRunningStartupCheckStrategy());
        container.start();
        return container;
    }

    private static ImageFromDockerfile image(String target) {
        return new ImageFromDockerfile("ganger-test-" + target, false).withFileFromPath("Dockerfile", Path.of("Dockerfile"))
                .withFileFromPath(Archive.FILE.getFileName().toString(), Archive.FILE).withTarget(target);
    }

    static ExecResult run(GenericContainer<?> container, String... command) {
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
