package dev.ganger.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * One test's own Ganger on this machine, as shipped: a folder, a coordinator, agents and callers, all real processes. Closing it ends what
 * it started and fails if anything is left of it: a process, a port, a file.
 */
final class Site implements AutoCloseable {
    /** Machines that build are slow: only a test that fails waits for so long. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Path LAUNCHER = Path.of(System.getProperty("ganger.distribution"), "bin", "ganger").toAbsolutePath();
    private static final List<String> PROGRAMS = List.of("client", "coordinator", "agent");
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final Path folder;
    private final Path home;
    private final List<Program> agents = new ArrayList<>();
    private final List<Program> callers = new ArrayList<>();
    private final List<Program> coordinators = new ArrayList<>();
    private String address = "localhost:0";

    Site() {
        try {
            folder = Files.createTempDirectory("ganger-test-").toRealPath();
            home = Files.createDirectory(folder.resolve("home"));
            for (var program : PROGRAMS) {
                Files.createFile(configuration(program));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A coordinator with one agent of two slots. */
    static Site withAgent(String... coordinatorOptions) {
        var site = new Site();
        try {
            site.startCoordinator(coordinatorOptions);
            site.startAgent("one", "--slots", "2");
            return site;
        } catch (RuntimeException | AssertionError e) {
            site.close();
            throw e;
        }
    }

    /** The file that configures the client, the coordinator or the agents, empty at first; what this machine has is not read. */
    Path configuration(String program) {
        return folder.resolve(program + ".yaml");
    }

    Path folder() {
        return folder;
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    Path file(String name, byte[] content) {
        try {
            return Files.write(file(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines that tasks wrote into a file; none if there is no such file. */
    List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void awaitThat(String what, Callable<Boolean> condition) {
        await(what).atMost(PATIENCE).pollInterval(LOOK_EVERY).until(condition);
    }

    // ---- the parts

    /** Starts it, the second time where it was, and waits until it serves. */
    Program startCoordinator(String... options) {
        var told = file("coordinator").resolve("address");
        var coordinator = beginCoordinator(options);
        awaitThat("the coordinator serves", () -> Files.exists(told) || !coordinator.isAlive());
        assertThat(coordinator.isAlive()).as("the coordinator lives; it said: %s", coordinator.err()).isTrue();
        address = lines(told).getFirst();
        return coordinator;
    }

    /** Where the coordinator is. */
    String address() {
        return address;
    }

    /** The one that was started last. */
    Program coordinator() {
        return coordinators.getLast();
    }

    void endCoordinators() {
        coordinators.forEach(Program::end);
    }

    /** As {@link #startCoordinator}, and does not wait. */
    Program beginCoordinator(String... options) {
        delete(file("coordinator").resolve("address"));
        return started(coordinators, "coordinator", arguments(List.of("coordinator", "run", "--listen", address, "--data",
                file("coordinator").toString()), options));
    }

    /** Starts it and waits until the coordinator has welcomed it. */
    Program startAgent(String name, String... options) {
        return awaited(name, unawaitedAgent(name, name, options));
    }

    /** One with more, or other, variables in its environment. */
    Program startAgent(String name, Map<String, String> environment, String... options) {
        return awaited(name, started(agents, "agent-" + name, agent(name, name, options).withEnvironment(environment)));
    }

    private static Program awaited(String name, Program agent) {
        awaitThat("agent " + name + " is welcome",
                () -> agent.err().contains("connected to the coordinator") || !agent.isAlive());
        assertThat(agent.isAlive()).as("agent %s lives; it said: %s", name, agent.err()).isTrue();
        return agent;
    }

    /** An agent whose data are in that folder. */
    Program unawaitedAgent(String name, String data, String... options) {
        return started(agents, "agent-" + name, agent(name, data, options));
    }

    private Launch agent(String name, String data, String... options) {
        return arguments(List.of("agent", "run", "--coordinator", address, "--name", name, "--data", file(data).toString()),
                options);
    }

    // ---- the callers

    /** Calls {@code ganger} and waits for its end. */
    Program ganger(String... arguments) {
        return begin(arguments).finished();
    }

    /** As {@link #ganger}; fails unless it exits with 0. Gives what it printed, without the last line's end. */
    String said(String... arguments) {
        var call = ganger(arguments);
        assertThat(call.exitCode()).as("exit code of ganger %s, which said: %s", List.of(arguments), call.err()).isZero();
        return call.out().stripTrailing();
    }

    Program begin(String... arguments) {
        return started(callers, "ganger", arguments(List.of(), arguments));
    }

    Program beginWithInput(Path input, String... arguments) {
        return started(callers, "ganger", Launch.of(LAUNCHER, List.of(arguments)).withInput(input));
    }

    /** A shell that finds the launcher as {@code $ganger}, for what only a shell can express. */
    Program shell(String script, Map<String, String> environment) {
        var variables = new HashMap<>(environment);
        variables.put("ganger", LAUNCHER.toString());
        return started(callers, "shell", Launch.of(Path.of("/bin/sh"), List.of("-c", script)).withEnvironment(variables))
                .finished();
    }

    /** The value of a field in a line of JSON: as it stands there, without quotes. */
    static List<String> values(String field, String json) {
        var pattern = java.util.regex.Pattern.compile("\"" + field + "\":\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^,}\\]]+))");
        return pattern.matcher(json).results().map(found -> found.group(1) == null ? found.group(2) : found.group(1)).toList();
    }

    /** Waits until no process of the test has this in its command line, while others go on. */
    void awaitNoProcess(String inCommandLine) {
        Leftovers.of(folder).awaitNone(inCommandLine);
    }

    // ---- the end

    /** Whatever the test did, what it started is gone afterwards; if it was not gone by itself where it should, that is a failure. */
    @Override
    public void close() {
        callers.forEach(Program::kill);
        agents.forEach(Program::end);
        endCoordinators();
        var left = Leftovers.of(folder);
        try {
            left.awaitNoProcess();
            if (!address.endsWith(":0")) {
                Leftovers.awaitClosed(address);
            }
        } finally {
            left.killProcesses();
            left.removeFolder();
        }
    }

    private static Launch arguments(List<String> first, String... more) {
        return Launch.of(LAUNCHER, Stream.concat(first.stream(), Stream.of(more)).toList());
    }

    private Program started(List<Program> among, String name, Launch launch) {
        var number = agents.size() + callers.size() + coordinators.size();
        var environment = new HashMap<String, String>();
        environment.put("PATH", System.getenv("PATH"));
        environment.put("HOME", home.toString());
        environment.put("TMPDIR", folder.toString());
        environment.put("LANG", "C.UTF-8");
        environment.put("GANGER_COORDINATOR", address);
        environment.put("GANGER_CONFIG", configuration("client").toString());
        environment.put("GANGER_COORDINATOR_CONFIG", configuration("coordinator").toString());
        environment.put("GANGER_AGENT_CONFIG", configuration("agent").toString());
        var program = launch.withDefaults(environment).start(folder.resolve(number + "-" + name));
        among.add(program);
        return program;
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
