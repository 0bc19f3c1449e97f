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
 * it started and fails if anything is left of it, a process, a port, a file, or if what the coordinator kept is not as it should be.
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
    private boolean verifiedAtLast;
    private final Place place;
    private String address = "localhost:0";

    Site() {
        this(Place.HERE);
    }

    /** The coordinator and the callers are there, and so are agents of which nothing else is said. */
    Site(Place place) {
        this.place = place;
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

    /** Where its coordinator and its callers are. */
    Place place() {
        return place;
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
        return startCoordinator(place, options);
    }

    /** The same at another place than its callers. */
    Program startCoordinator(Place at, String... options) {
        var told = file("coordinator").resolve("address");
        var coordinator = beginCoordinator(at, options);
        awaitThat("the coordinator serves", () -> Files.exists(told) || !coordinator.isAlive());
        assertThat(coordinator.isAlive()).as("the coordinator lives; it said: %s", coordinator.err()).isTrue();
        address = place.from(lines(told).getFirst());
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
        return beginCoordinator(place, options);
    }

    private Program beginCoordinator(Place at, String... options) {
        delete(file("coordinator").resolve("address"));
        var where = place.coordinator().isEmpty()
                ? List.of("--listen", address)
                : List.of("--listen", "0.0.0.0:" + Lan.PORT, "--advertise", place.coordinator());
        var first = new ArrayList<>(List.of("coordinator", "run", "--data", file("coordinator").toString()));
        first.addAll(where);
        return started(coordinators, "coordinator", at, arguments(first, options));
    }

    /** Starts it and waits until the coordinator has welcomed it. */
    Program startAgent(String name, String... options) {
        return welcome(name, unawaitedAgent(name, name, options));
    }

    /** One with more, or other, variables in its environment. */
    Program startAgent(String name, Map<String, String> environment, String... options) {
        return welcome(name, started(agents, "agent-" + name, place, agent(place, name, name, options)
                .withEnvironment(environment)));
    }

    /** The same at another place. */
    Program startAgent(Place at, String name, String... options) {
        return welcome(name, unawaitedAgent(at, name, name, options));
    }

    private static Program welcome(String name, Program agent) {
        awaitThat("agent " + name + " is welcome",
                () -> agent.err().contains("connected to the coordinator") || !agent.isAlive());
        assertThat(agent.isAlive()).as("agent %s lives; it said: %s", name, agent.err()).isTrue();
        return agent;
    }

    /** An agent whose data are in that folder. */
    Program unawaitedAgent(String name, String data, String... options) {
        return unawaitedAgent(place, name, data, options);
    }

    private Program unawaitedAgent(Place at, String name, String data, String... options) {
        return started(agents, "agent-" + name, at, agent(at, name, data, options));
    }

    private Launch agent(Place at, String name, String data, String... options) {
        return arguments(List.of("agent", "run", "--coordinator", at.from(address), "--name", name,
                "--data", file(data).toString()), options);
    }

    /** Beside the coordinator: another way to it, on which all that is said takes so long. */
    void startFaultyLink(int port, Duration delay) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var link = started(callers, "link", place, Launch.of(java, List.of("-cp", System.getProperty("java.class.path"),
                FaultyLink.class.getName(), Integer.toString(port), Integer.toString(Lan.PORT),
                Long.toString(delay.toMillis()))));
        awaitThat("the link is ready", () -> link.out().contains("ready"));
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
        return begin(place, arguments);
    }

    Program begin(Place at, String... arguments) {
        return started(callers, "ganger", at, arguments(List.of(), arguments));
    }

    Program beginWithInput(Path input, String... arguments) {
        return started(callers, "ganger", place, Launch.of(LAUNCHER, List.of(arguments)).withInput(input));
    }

    /** A shell that finds the launcher as {@code $ganger}, for what only a shell can express. */
    Program shell(String script, Map<String, String> environment) {
        var variables = new HashMap<>(environment);
        variables.put("ganger", LAUNCHER.toString());
        return started(callers, "shell", place, Launch.of(Path.of("/bin/sh"), List.of("-c", script)).withEnvironment(variables))
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

    /** Whatever happened meanwhile: each task of each job that is over has one result. */
    void assertAccountedFor() {
        for (var job : said("jobs", "-o", "json").lines().toList()) {
            var id = values("id", job).getFirst();
            assertThat(values("task", said("results", id, "-o", "json"))).as("tasks with results, of job %s", job)
                    .hasSize(Integer.parseInt(values("total", job).getFirst())).doesNotHaveDuplicates();
        }
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
            if (place.equals(Place.HERE) && !address.endsWith(":0")) {
                Leftovers.awaitClosed(address);
            }
            if (!verifiedAtLast) {
                verify();
            }
        } finally {
            left.killProcesses();
            left.removeFolder();
        }
    }

    /** For the last time: what is looked at will not be there at the end. */
    void verifyAtLast() {
        verifiedAtLast = true;
        verify();
    }

    /** What the coordinator keeps is complete and agrees with itself, whether it runs, has ended or was killed; every test ends with this. */
    void verify() {
        if (Files.exists(file("coordinator").resolve("coordinator.db"))) {
            var verify = ganger("verify", "--data", file("coordinator").toString());
            assertThat(verify.exitCode()).as("exit code of ganger verify, which said: %s%s", verify.out(), verify.err()).isZero();
        }
    }

    private static Launch arguments(List<String> first, String... more) {
        return Launch.of(LAUNCHER, Stream.concat(first.stream(), Stream.of(more)).toList());
    }

    private Program started(List<Program> among, String name, Place at, Launch launch) {
        var number = agents.size() + callers.size() + coordinators.size();
        var environment = new HashMap<String, String>();
        environment.put("PATH", System.getenv("PATH"));
        environment.put("HOME", home.toString());
        environment.put("TMPDIR", folder.toString());
        environment.put("LANG", "C.UTF-8");
        environment.put("GANGER_COORDINATOR", at.from(address));
        environment.put("GANGER_CONFIG", configuration("client").toString());
        environment.put("GANGER_COORDINATOR_CONFIG", configuration("coordinator").toString());
        environment.put("GANGER_AGENT_CONFIG", configuration("agent").toString());
        var program = at.lead(launch).withDefaults(environment).start(folder.resolve(number + "-" + name));
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
