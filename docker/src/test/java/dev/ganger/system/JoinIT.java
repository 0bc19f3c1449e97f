package dev.ganger.system;

import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Agents and people come in with a token, are known from then on, and are somebody no longer when an admin says so. */
final class JoinIT {
    private static final int NOT_ALLOWED = 5;
    private static final String SHORT_LIFE = "10s";

    @Test
    void aTokenLetsInOneAgentUnderItsNameAndNobodyElse() {
        try (var site = new Site()) {
            site.startCoordinator();
            var token = site.said("token", "create", "agent", "--name", "vm-1", "--label", "zone=a", "-o", "quiet");
            var agent = site.startAgent("vm-1", "--join", token, "--label", "zone=b");
            assertThat(site.said("agent", "show", "vm-1", "-o", "json")).contains("\"zone\":\"a\"");
            assertThat(site.said("token", "list", "-o", "json")).contains("\"name\":\"vm-1\"");

            var named = site.unawaitedAgent("other", "other", "--join", token);
            assertThat(named.exitCode()).as(named.err()).isEqualTo(NOT_ALLOWED);
            assertThat(named.err()).contains("this token is for agent 'vm-1'", "--name vm-1").doesNotContain("Exception");
            agent.end();
            var again = site.unawaitedAgent("vm-1", "another-installation", "--join", token);
            assertThat(again.exitCode()).as(again.err()).isEqualTo(NOT_ALLOWED);
            assertThat(again.err()).contains("used up", "ganger token create");
            assertThat(site.startAgent("vm-1").err()).as("known by what it kept").doesNotContain("joining");
        }
    }

    @Test
    void anAgentThatWasRemovedDoesNotComeBackWithAnotherToken() {
        try (var site = Site.withAgent()) {
            site.said("agent", "remove", "one", "--reason", "stolen");
            var token = site.said("token", "create", "agent", "-o", "quiet");
            var again = site.unawaitedAgent("one", "one", "--join", token);
            assertThat(again.exitCode()).as(again.err()).isEqualTo(NOT_ALLOWED);
            assertThat(again.err()).contains("stolen");
        }
    }

    @Test
    void aUserDoesWhatItsRoleAllowsUntilItIsRemoved() {
        try (var site = Site.withAgent()) {
            var ann = Map.of("HOME", site.file("ann").toString());
            assertThat(site.shell("\"$ganger\" status", ann).exitCode()).as("nobody yet").isEqualTo(NOT_ALLOWED);
            var token = site.said("token", "create", "user", "ann", "--role", "submitter", "-o", "quiet");
            site.file("token", token.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            var login = site.shell("\"$ganger\" login @" + site.file("token"), ann);
            assertThat(login.exitCode()).as(login.err()).isZero();
            var job = site.shell("\"$ganger\" submit true", ann).out().strip();
            assertThat(site.said("jobs", "-o", "json")).contains("\"id\":" + job).contains("\"submittedBy\":\"ann\"");

            var closed = site.shell("\"$ganger\" close", ann);
            assertThat(closed.exitCode()).isEqualTo(NOT_ALLOWED);
            assertThat(closed.err()).contains("'close' is for admins", "ann").hasLineCount(1);
            site.said("user", "remove", "ann");
            var after = site.shell("\"$ganger\" status", ann);
            assertThat(after.exitCode()).as(after.err()).isEqualTo(NOT_ALLOWED);
            assertThat(after.err()).contains("ann").hasLineCount(1);
        }
    }

    @Test
    void certificatesAreRenewedUnderWorkAndAfterAnOutageThatWasLongerThanTheirLife() {
        try (var site = new Site()) {
            site.startCoordinator("--certificate-life", SHORT_LIFE);
            var agent = site.startAgent("one", "--slots", "2");
            var job = site.said("submit", "--array", "1-30", "--", "sh", "-c", "echo $GANGER_INDEX; sleep 1");
            assertThat(site.ganger("wait", job).exitCode()).isZero();
            assertThat(Site.values("attempt", site.said("results", job, "-o", "json"))).as("nothing ran twice").hasSize(30)
                    .containsOnly("1");
            Site.awaitThat("it was renewed twice", () -> agent.err().split("was renewed", -1).length > 2);

            site.coordinator().kill();
            Site.awaitThat("the agent has nothing that has not expired", () -> agent.err().contains("could not be renewed")
                    && isPast(agent.err()));
            site.startCoordinator("--certificate-life", SHORT_LIFE);
            assertThat(site.ganger("run", "true").exitCode()).as(agent.err()).isZero();
            assertThat(agent.isAlive()).isTrue();
        }
    }

    /** The time that the newest certificate is good until, as the agent logs it. */
    private static boolean isPast(String log) {
        var last = log.lastIndexOf("good until ") + "good until ".length();
        var until = log.substring(last).replaceFirst("(?s)^(\\S+?Z).*", "$1");
        return java.time.Instant.parse(until).isBefore(java.time.Instant.now());
    }
}
