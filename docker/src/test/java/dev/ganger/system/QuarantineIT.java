package dev.ganger.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Machines that cannot start what others can, and machines on which everything fails. */
final class QuarantineIT {
    private static final int NO_SUCH_PROGRAM = 127;

    /** One of the agents has a program that the other has not. */
    private static void startAgents(Site site) throws IOException {
        site.startCoordinator();
        site.startAgent("bad", "--slots", "2");
        var tools = Files.createDirectory(site.file("tools"));
        Files.writeString(tools.resolve("measure"), "#!/bin/sh\necho measured\n", UTF_8);
        Files.setPosixFilePermissions(tools.resolve("measure"), PosixFilePermissions.fromString("rwxr-xr-x"));
        site.startAgent("good", Map.of("PATH", System.getenv("PATH") + ":" + tools), "--slots", "1");
    }

    @Test
    void aProgramThatOnlyOneAgentHasRunsThereAndNoRetryIsUsed() throws IOException {
        try (var site = new Site()) {
            startAgents(site);
            var run = site.ganger("run", "--array", "1-10", "measure");
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out().lines()).hasSize(10).containsOnly("measured");
            assertThat(Set.copyOf(Site.values("agent", site.said("results", "-o", "json")))).containsExactly("good");
        }
    }

    @Test
    void aProgramThatNobodyHasIsMissedEverywhereAndTheResultSaysSo() throws IOException {
        try (var site = new Site()) {
            startAgents(site);
            var run = site.ganger("run", "measures");
            assertThat(run.exitCode()).isEqualTo(NO_SUCH_PROGRAM);
            assertThat(site.said("results", "-o", "json")).contains("nor could").contains("bad").contains("good");
        }
    }

    @Test
    void anAgentOnWhichAllFailsIsQuarantinedAndTriedAgain() {
        try (var site = new Site()) {
            site.startCoordinator("--lease", "6s");
            site.startAgent("one", "--slots", "2");
            site.startAgent("two", "--slots", "1");
            Path healed = site.file("healed");
            var job = site.said("submit", "--array", "1-12", "--retries", "1", "--", "sh", "-c",
                    "[ \"$GANGER_AGENT\" = two ] || [ -e %s ]".formatted(healed));
            assertThat(site.ganger("wait", job).exitCode()).isZero();
            var one = site.said("agent", "show", "one", "-o", "json");
            assertThat(Site.values("state", one)).containsExactly("quarantined");
            assertThat(one).contains("tasks that failed here succeeded elsewhere: 1.");
            assertThat(site.said("status")).contains("1 of them quarantined");
            site.file("healed", new byte[0]);
            Site.awaitThat("a try succeeds", () -> {
                site.said("run", "--array", "1-4", "--", "sleep", "0.2");
                return Site.values("state", site.said("agent", "show", "one", "-o", "json")).contains("alive");
            });
        }
    }
}
