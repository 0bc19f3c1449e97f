package dev.ganger.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The shipped scripts complete in real shells, with a real coordinator for what only it knows. */
final class CompletionIT {
    private static Site site;

    @BeforeAll
    static void start() {
        site = Site.withAgent();
        site.said("submit", "--array", "1-12", "true");
        site.said("submit", "true");
        site.file("input.txt", new byte[0]);
    }

    @AfterAll
    static void end() {
        site.close();
    }

    @ParameterizedTest
    @EnumSource
    void verbsOfOneAndOfTwoWords(Shells shell) {
        assertThat(shell.offers(site, "ganger wai")).containsExactly("wait");
        assertThat(shell.offers(site, "ganger ")).contains("submit", "agent", "coordinator", "agents")
                .doesNotContain("reference");
        assertThat(shell.offers(site, "ganger coordinator ")).containsExactly("install", "uninstall", "run");
        assertThat(shell.offers(site, "ganger -o json agent r")).contains("run");
        assertThat(shell.offers(site, "ganger help coordinator ")).contains("run");
        assertThat(shell.offers(site, "ganger wait sub")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void optionsOfTheVerbAndTheirFixedChoices(Shells shell) {
        assertThat(shell.offers(site, "ganger submit --submit")).containsExactly("--submit-timeout");
        assertThat(shell.offers(site, "ganger agent run --spool")).containsExactly("--spool-limit");
        assertThat(shell.offers(site, "ganger close --")).contains("--help", "--coordinator").doesNotContain("--array",
                "--listen");
        assertThat(shell.offers(site, "ganger jobs -o ")).containsExactlyInAnyOrder("table", "json", "quiet");
        assertThat(shell.offers(site, "ganger jobs --output=q")).hasSize(1).allMatch(offer -> offer.endsWith("quiet"));
        assertThat(shell.offers(site, "ganger completion ")).containsExactlyInAnyOrder("bash", "zsh", "fish");
        assertThat(shell.offers(site, "ganger submit --priority ")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void filesAndFoldersWhereTheyAreMeant(Shells shell) {
        assertThat(shell.offers(site, "ganger submit --each-line inp")).containsExactly("input.txt");
        assertThat(shell.offers(site, "ganger submit --each-line=inp")).hasSize(1).allMatch(offer -> offer.endsWith("input.txt"));
        assertThat(shell.offers(site, "ganger agent run --data ho")).hasSize(1).allMatch(offer -> offer.matches("home/?"));
        assertThat(shell.offers(site, "ganger agent run --data inp")).isEmpty();
        assertThat(shell.offers(site, "ganger wait inp")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void afterTheCommandItIsACommandLineOfItsOwn(Shells shell) {
        assertThat(shell.offers(site, "ganger submit mkfif")).contains("mkfifo");
        assertThat(shell.offers(site, "ganger run --retries 2 -- mkfif")).contains("mkfifo");
        assertThat(shell.offers(site, "ganger submit --array 1-2 cat inp")).contains("input.txt");
        assertThat(shell.offers(site, "ganger submit -- cat --arr")).doesNotContain("--array");
    }

    @ParameterizedTest
    @EnumSource
    void idsNewestFirst(Shells shell) {
        offered(shell, "ganger wait ", "last", "all", "2", "1");
        offered(shell, "ganger wait 1 2", "2");
        offered(shell, "ganger cancel ", "last", "all", "2", "1");
        offered(shell, "ganger show 1.1", "1.1", "1.10", "1.11", "1.12");
        offered(shell, "ganger logs last.", "last.1");
    }

    /** A row more in the table: verbs for agents come and go, and how a shell asks for their names does not. */
    @ParameterizedTest
    @EnumSource
    void namesOfAgents(Shells shell) throws IOException {
        var table = Files.readString(shell.script());
        var row = "ganger close\toption\t--debug\tflag";
        assertThat(table).contains(row);
        var script = Files.createDirectories(site.file("changed")).resolve(shell.script().getFileName());
        Files.writeString(script,
                table.replace(row, "ganger close\toperand\t1\tagent" + (shell == Shells.BASH ? "\n" : "\t\n") + row));

        Site.awaitThat("the agent is offered",
                () -> shell.offers(site, script, "ganger close o", Map.of()).equals(List.of("one")));
        assertThat(shell.offers(site, script, "ganger close one ", Map.of())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whoOneIsAndWhoMayComeIn(Shells shell) {
        var context = site.said("context", "list", "-o", "quiet").strip();
        var tokens = site.said("token", "list", "-o", "quiet").lines().toList();

        offered(shell, "ganger context use ", context);
        assertThat(tokens).isNotEmpty();
        Site.awaitThat("the tokens are offered",
                () -> shell.offers(site, "ganger token revoke --context " + context + " ").containsAll(tokens));
        Site.awaitThat("the users are offered",
                () -> shell.offers(site, "ganger user remove ").contains(System.getProperty("user.name")));
    }

    /** Sooner or later: on a busy machine the coordinator is not always asked within the limit of the scripts. */
    private static void offered(Shells shell, String line, String... offers) {
        await(line).atMost(Site.PATIENCE).pollDelay(Duration.ZERO)
                .untilAsserted(() -> assertThat(shell.offers(site, line)).containsExactly(offers));
    }

    @ParameterizedTest
    @EnumSource
    void theCoordinatorIsTheOneThatTheLineNames(Shells shell) {
        var named = site.lines(site.file("coordinator").resolve("address")).getFirst();

        assertThat(shell.offers(site, "ganger wait --coordinator localhost:1 ")).as("one that is away").containsExactly("last",
                "all");
        var variables = Map.of("GANGER_COORDINATOR", "localhost:1");
        Site.awaitThat("the named coordinator is asked",
                () -> shell.offers(site, "ganger --coordinator " + named + " wait ", variables).contains("2"));
        Site.awaitThat("the named coordinator is asked",
                () -> shell.offers(site, "ganger wait --coordinator=" + named + " ", variables).contains("2"));
    }

    @ParameterizedTest
    @EnumSource
    void aCoordinatorThatDoesNotAnswerIsNotWaitedForLong(Shells shell) throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var address = Map.of("GANGER_COORDINATOR", "127.0.0.1:" + silent.getLocalPort());
            var startedNanos = System.nanoTime();

            assertThat(shell.offers(site, "ganger wait ", address)).containsExactly("last", "all");
            assertThat(Duration.ofNanos(System.nanoTime() - startedNanos)).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void whereverAnIdIsMeantOneIsOffered() throws IOException {
        var rows = Files.readAllLines(Shells.BASH.script()).stream().map(line -> line.split("\t")).filter(row -> row.length == 4)
                .toList();
        assertThat(rows).hasSizeGreaterThan(100);
        for (var row : rows) {
            var word = Map.of("job", "2", "task", "2", "agent", "one").get(row[3]);
            if (word != null) {
                var line = row[0] + (row[1].equals("option") ? " " + row[2] + " " : " ");
                Site.awaitThat(word + " is offered after '" + line + "'", () -> Shells.BASH.offers(site, line).contains(word));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theVerbPrintsTheShippedScript(Shells shell) {
        assertThat(shell.script()).hasContent(site.said("completion", shell.word()));
    }

    @Test
    void sourcedItIsThereAtOnce() {
        Shells.assumeThere("zsh");
        var found = site.shell(
                "zsh -f -c 'autoload -Uz compinit; compinit -u -D; source <(\"$ganger\" completion zsh); print $_comps[ganger]'; "
                        + "bash --norc -c 'source <(\"$ganger\" completion bash); complete -p ganger'",
                Map.of());
        assertThat(found.out().lines()).containsExactly("_ganger", "complete -F _ganger ganger");
    }
}
