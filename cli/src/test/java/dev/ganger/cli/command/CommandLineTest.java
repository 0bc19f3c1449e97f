package dev.ganger.cli.command;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class CommandLineTest {
    private final FakeCoordinator coordinator = new FakeCoordinator();
    private final Cli cli = Cli.at(coordinator);

    @AfterEach
    void end() {
        coordinator.close();
    }

    @Test
    void aloneItPrintsTheEverydayCommands() {
        var outcome = cli.run();

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).contains("ganger submit COMMAND…").contains("ganger coordinator run")
                .contains("ganger agent run")
                .doesNotContain("--coordinator");
        assertThat(cli.run("--help").out()).startsWith(outcome.out().stripTrailing()).contains("--coordinator HOST:PORT");
    }

    @Test
    void everyVerbHasHelpWithAnExample() {
        for (var verb : Verbs.names()) {
            var words = new java.util.ArrayList<>(List.of(verb.split(" ")));
            words.add("--help");
            var outcome = cli.run(words.toArray(String[]::new));
            assertThat(outcome.code()).isZero();
            assertThat(outcome.out()).startsWith("Usage: ganger " + verb).contains("\nExample").contains("\n  ")
                    .contains("ganger " + verb);
            assertThat(outcome.out().split("\nExample")).as(verb).hasSize(2);
        }
        assertThat(Verbs.names()).hasSize(43);
    }

    @Test
    void theVersionIsPrinted() {
        assertThat(cli.run("--version").out()).matches("ganger [0-9]+\\.[0-9]+\\.[0-9]+.*\n");
        assertThat(cli.run("jobs", "--version").out()).startsWith("ganger ");
    }

    @Test
    void whatIsNotUnderstoodIsOneSentenceAndTwo() {
        assertUsage("ganger: no such verb: 'wörk'; see 'ganger --help'\n", "wörk");
        assertUsage("ganger: unknown option '--all'; see 'ganger jobs --help'\n", "jobs", "--all");
        assertUsage("ganger: unexpected 'x'; see 'ganger open --help'\n", "open", "x");
        assertUsage(
                "ganger: invalid value for option '--output': expected table, json or quiet, not 'xml'; see 'ganger jobs --help'\n",
                "jobs", "-o", "xml");
        assertUsage("ganger: invalid value for option '--priority': expected a whole number that is not too large, not 'high';"
                + " see 'ganger submit --help'\n", "submit", "--priority", "high", "true");
        assertUsage("ganger: expected a job or tasks of it, for example 42, last, all, 42.7 or 42.1-50, not 'x';"
                + " see 'ganger show --help'\n", "show", "x");
        assertUsage("ganger: --cwd is a folder on the agent and begins with '/', not 'here'\n", "run", "--cwd", "here", "true");
        assertUsage("ganger: invalid value for option '--coordinator': a port is a number from 0 to 65535, not 'x' in 'h:x';"
                + " see 'ganger --help'\n", "--coordinator", "h:x", "jobs");
    }

    @Test
    void whatIsMistypedIsAskedFor() {
        assertUsage("ganger: no such verb: 'sumbit'; did you mean 'submit'?\n", "sumbit", "true");
        assertUsage("ganger: no such verb: 'jöbs'; did you mean 'jobs'?\n", "jöbs");
        assertUsage("ganger: unknown option '--retreis'; did you mean '--retries'?\n", "submit", "--retreis", "2", "true");
        assertUsage("ganger: unknown option '--fallow=yes'; did you mean '--follow'?\n", "results", "--fallow=yes");
    }

    @Test
    void whatOthersCallAVerbIsUnderstoodSoFarAsToAsk() {
        assertUsage("ganger: no such verb: 'squeue'; did you mean 'jobs'?\n", "squeue");
        assertUsage("ganger: no such verb: 'kill'; did you mean 'cancel'?\n", "kill", "42");
        assertUsage("ganger: no such verb: 'worker'; did you mean 'agent run'?\n", "worker");
        assertUsage("ganger: no such verb: 'fsck'; did you mean 'verify'?\n", "fsck");
        assertUsage("ganger: no such verb: 'verify'; call it as 'ganger verify', with its options behind it\n", "--no-color",
                "verify");
    }

    @Test
    void helpOfAVerbIsWhatTheVerbSays() {
        assertThat(cli.run("help", "submit").out()).isEqualTo(cli.run("submit", "--help").out())
                .startsWith("Usage: ganger submit");
        assertThat(cli.run("help").out()).isEqualTo(cli.run("--help").out());
        assertUsage("ganger: no such verb: 'sumbit'; did you mean 'submit'?\n", "help", "sumbit");
        assertUsage("ganger: no such verb: 'frobnicate it'; see 'ganger --help'\n", "help", "frobnicate", "it");
    }

    private void assertUsage(String sentence, String... words) {
        var outcome = cli.run(words);
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).isEqualTo(sentence);
    }

    @Test
    void errorsAreJsonWhenJsonIsAskedFor() {
        assertThat(cli.run("jobs", "-o", "json", "--all").err())
                .isEqualTo("{\"error\":{\"code\":\"usage\",\"message\":\"unknown option '--all'; see 'ganger jobs --help'\"}}\n");
        assertThat(cli.run("show", "5", "-o", "json").err())
                .isEqualTo("{\"error\":{\"code\":\"not-found\",\"message\":\"no such job: 5\"}}\n");
        cli.environment.put("GANGER_OUTPUT", "json");
        assertThat(cli.run("nonsense").err()).startsWith("{\"error\":{\"code\":\"usage\"");
    }

    @Test
    void aFlagBeatsTheVariable() {
        cli.environment.put("GANGER_OUTPUT", "json");
        cli.run("submit", "true");
        assertThat(cli.run("jobs").out()).startsWith("{");
        assertThat(cli.run("jobs", "-o", "quiet").out()).isEqualTo("1\n");

        cli.environment.put("GANGER_COORDINATOR", "localhost:1");
        assertThat(cli.run("--coordinator", coordinator.address(), "jobs", "-o", "quiet").out()).isEqualTo("1\n");
        assertThat(cli.run("jobs", "--coordinator=" + coordinator.address(), "-oquiet").out()).isEqualTo("1\n");
    }

    @Test
    void aWrongVariableIsNamed() {
        cli.environment.put("GANGER_OUTPUT", "xml");
        assertThat(cli.run("jobs").err())
                .isEqualTo("ganger: the variable GANGER_OUTPUT is wrong: expected table, json or quiet, not 'xml'\n");
        assertThat(cli.run("jobs").code()).isEqualTo(2);
    }

    @Test
    void aCoordinatorThatCannotBeReachedIsFour() {
        var refused = cli.run("jobs", "--coordinator", "localhost:1");
        assertThat(refused.code()).isEqualTo(4);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).isEqualTo("ganger: cannot reach the coordinator at localhost:1: connection refused;"
                + " start one with 'ganger coordinator run'\n");
    }

    @Test
    void debugAddsWhereTheErrorArose() {
        assertThat(cli.run("show", "5", "--debug").err()).startsWith("ganger: no such job: 5\n")
                .contains("\tat ".replace("\t", "\\x09"));
    }

    @Test
    void aVerbMayBeAnOptionsValue() {
        cli.run("submit", "--name", "run", "jobs", "show");

        assertThat(cli.run("jobs").out()).endsWith("  run\n");
    }
}
