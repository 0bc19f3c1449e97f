package dev.ganger.system;

import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.testcontainers.containers.GenericContainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What happens to hosts, on one cluster of a coordinator and three agents as they ship: each is mended before the next happens. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class HostsIT {
    private static final String LEASE = "6s";
    /** Runs until somebody makes the file /tmp/go on its machine, and tells where it began. */
    private static final String UNTIL_GO = "echo begun on $(hostname); until [ -e /tmp/go ]; do sleep 0.1; done; echo ended";

    private Cluster cluster;
    private GenericContainer<?> east;
    private GenericContainer<?> west;

    @BeforeAll
    void start() {
        Engine.assumeItAnswers();
        cluster = new Cluster("--lease", LEASE);
        east = cluster.startAgent("east");
        west = cluster.startAgent("west");
        cluster.startAgent("north");
        awaitAgents(agents -> agents.containsAll(List.of("east", "west", "north")));
    }

    @AfterAll
    void end() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    @Order(1)
    void outputIsSeenWhileTheTaskRuns() {
        var job = submitOn("east");
        assertThat(cluster.said(cluster.coordinator(), "sh", "-c", "timeout 60 ganger logs -f " + job + " | head -n 1"))
                .isEqualTo("begun on east\n");
        go(east);
        awaitSucceeded(job);
        assertThat(cluster.ganger("logs", job)).isEqualTo("begun on east\nended\n");
    }

    @Test
    @Order(2)
    void aTaskOutlivesARestartOfTheCoordinator() {
        var job = submitOn("west");
        awaitBegun(job);
        cluster.restartCoordinator();
        go(west);
        awaitSucceeded(job);
        assertThat(cluster.ganger("results", "-o", "json", job)).contains("\"attempt\":1,");
        assertThat(cluster.ganger("logs", job)).isEqualTo("begun on west\nended\n");
    }

    @Test
    @Order(3)
    void aShortCutOfTheNetworkCostsNothing() {
        var job = submitOn("west");
        awaitBegun(job);
        cluster.cut(west);
        go(west);
        cluster.restore(west);
        awaitSucceeded(job);
        assertThat(cluster.ganger("results", "-o", "json", job)).contains("\"attempt\":1,");
        assertThat(cluster.ganger("logs", job)).isEqualTo("begun on west\nended\n");
    }

    /** Nothing is started a second time while the agent may still run it; after the lease it is, and what the first says then is late. */
    @Test
    @Order(4)
    void theTaskOfAFrozenHostRunsElsewhereAfterItsLease() {
        var job = submitAnywhere();
        var first = hostOf(job);
        Cluster.freeze(first);
        try {
            await("another host begins it").atMost(Site.PATIENCE).until(() -> attempts(job) == 2);
            goAllBut(first);
            awaitSucceeded(job);
        } finally {
            Cluster.thaw(first);
        }
        go(first);
        awaitAgents(agents -> agents.containsAll(List.of("east", "west", "north")));
        assertThat(cluster.ganger("results", job, "-o", "json").lines()).as("one result").hasSize(1);
        assertThat(cluster.ganger("results", job, "-o", "json")).contains("\"attempt\":2,");
    }

    @Test
    @Order(5)
    void theTaskOfAHostThatDiesRunsElsewhere() {
        var job = submitAnywhere();
        var first = hostOf(job);
        Cluster.kill(first);
        goAllBut(first);
        awaitSucceeded(job);
        assertThat(cluster.ganger("results", job, "-o", "json")).contains("\"attempt\":2,");
        first.getDockerClient().startContainerCmd(first.getContainerId()).exec();
        awaitAgents(agents -> agents.containsAll(List.of("east", "west", "north")));
    }

    @Test
    @Order(6)
    void hostsComeAndGo() {
        var south = cluster.startAgent("south");
        awaitAgents(agents -> agents.contains("south"));
        assertThat(cluster.ganger("run", "--on", "south", "hostname")).isEqualTo("south\n");
        Cluster.stop(south);
        assertThat(Cluster.exitCode(south)).as("it was told, and ended").isZero();
        awaitAgents(agents -> !agents.contains("south"));
        assertThat(cluster.ganger("run", "echo", "the rest works")).isEqualTo("the rest works\n");
    }

    @Test
    @Order(7)
    void stopEndsThemAll() {
        cluster.ganger("stop");
        await("STOP ends the agents").atMost(Site.PATIENCE).until(() -> cluster.agents().stream().noneMatch(Cluster::isRunning));
        assertThat(cluster.agents()).extracting(Cluster::exitCode).containsOnly(0L);
    }

    private String submitOn(String host) {
        cluster.said(machine(host), "rm", "-f", "/tmp/go");
        return cluster.ganger("submit", "--on", host, "--", "sh", "-c", UNTIL_GO).strip();
    }

    private String submitAnywhere() {
        cluster.agents().stream().filter(Cluster::isRunning).forEach(machine -> cluster.said(machine, "rm", "-f", "/tmp/go"));
        return cluster.ganger("submit", "--", "sh", "-c", UNTIL_GO).strip();
    }

    private void go(GenericContainer<?> machine) {
        cluster.said(machine, "touch", "/tmp/go");
    }

    private void goAllBut(GenericContainer<?> one) {
        cluster.agents().stream()
                .filter(machine -> !machine.getContainerId().equals(one.getContainerId()) && Cluster.isRunning(machine))
                .forEach(this::go);
    }

    private GenericContainer<?> hostOf(String job) {
        awaitBegun(job);
        return machine(cluster.ganger("logs", job).replace("begun on ", "").strip());
    }

    private GenericContainer<?> machine(String host) {
        return cluster.agents().stream().filter(machine -> machine.getNetworkAliases().contains(host)).findFirst().orElseThrow();
    }

    private void awaitBegun(String job) {
        await("it has begun").atMost(Site.PATIENCE).until(() -> cluster.ganger("logs", job).contains("begun on "));
    }

    private long attempts(String job) {
        return Site.values("number", cluster.ganger("show", job + ".1", "-o", "json")).size();
    }

    private void awaitSucceeded(String job) {
        cluster.ganger("wait", "--timeout", "60s", job);
    }

    private void awaitAgents(Predicate<List<String>> expected) {
        await("agents").atMost(Site.PATIENCE)
                .until(() -> expected.test(Site.values("name", cluster.ganger("agents", "-o", "json").lines()
                        .filter(line -> line.contains("\"state\":\"alive\"")).reduce("", String::concat))));
    }
}
