package dev.ganger.system;

import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Ganger on several machines, as shipped: each program in its own container with its own address. */
final class ContainersIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern AGENT = Pattern.compile("\"agent\":\\s*\"([^\"]*)\"");
    private static final Pattern SUCCEEDED = Pattern.compile("\"state\":\\s*\"succeeded\"");

    @BeforeAll
    static void engine() {
        Engine.assumeItAnswers();
    }

    @Test
    void aJobIsDoneByTheAgentsOfTwoMachinesAndStopEndsThem() {
        try (var cluster = new Cluster()) {
            GenericContainer<?> east = cluster.startAgent("east");
            GenericContainer<?> west = cluster.startAgent("west");
            await("both agents are known").atMost(PATIENCE).ignoreExceptions()
                    .untilAsserted(() -> assertThat(cluster.ganger("agents", "-o", "json")).contains("\"east\"", "\"west\""));

            String job = cluster.ganger("submit", "--array", "0-19", "--", "sh", "-c", "hostname; sleep 0.3").strip();
            cluster.ganger("wait", "--timeout", "60s", job);
            String results = cluster.ganger("results", "-o", "json", job);
            assertThat(all(SUCCEEDED, results)).hasSize(20);
            assertThat(all(AGENT, results)).contains("east", "west").hasSize(20);

            cluster.ganger("stop");
            await("STOP ends both agents").atMost(PATIENCE).until(() -> !Cluster.isRunning(east) && !Cluster.isRunning(west));
            assertThat(List.of(Cluster.exitCode(east), Cluster.exitCode(west))).containsOnly(0L);

            Cluster.stop(cluster.coordinator());
            assertThat(Cluster.exitCode(cluster.coordinator())).as("the signal reached the coordinator").isZero();
        }
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(ContainersIT::lastGroup).toList();
    }

    private static String lastGroup(MatchResult found) {
        return found.group(found.groupCount());
    }
}
