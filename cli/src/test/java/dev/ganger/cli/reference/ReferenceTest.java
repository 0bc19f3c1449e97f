package dev.ganger.cli.reference;

import dev.ganger.reference.Usage;
import dev.ganger.reference.Usage.Example;
import dev.ganger.reference.Usage.Operand;
import dev.ganger.reference.Usage.Option;
import dev.ganger.wire.Build;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

final class ReferenceTest {
    private static final Option DEBUG = new Option(List.of("--debug"), "", "Say more.", true);
    private static final Usage ALL = new Usage("ganger", "ganger VERB", "Ganger runs commands: on many machines.", List.of(),
            List.of(DEBUG), List.of(), Map.of("2", "The command line was wrong."));
    private static final Usage PART = new Usage("ganger agent", "ganger agent run", "The worker.", List.of(), List.of(),
            List.of(),
            Map.of());
    private static final Usage WAIT = new Usage("ganger agent wait", "ganger agent wait [-t D] NAME…",
            "Wait for it, don't hurry. Or \\do.",
            List.of(new Example("all of 'em", List.of(".ganger agent wait a\\b"))),
            List.of(new Option(List.of("-t", "--timeout"), "D", "How long (default: 2s). Longer than it's good for.", false),
                    DEBUG),
            List.of(new Operand("NAME", "The agents.", true)), Map.of());
    private final Reference reference = new Reference(List.of(ALL, PART, WAIT, ALL));

    @Test
    void whatSeveralProgramsTellIsOneWhole() {
        assertThat(reference.usages()).containsExactly(ALL, PART, WAIT);
    }

    @Test
    void theTableOfCompletionsHasARowForEachName() {
        assertThat(new Table(reference.usages()).described().lines()).containsExactly(
                "ganger\toption\t--debug\tflag\tSay more",
                "ganger\tverb\tagent\ttext\tThe worker",
                "ganger agent\tverb\twait\ttext\tWait for it, don't hurry",
                "ganger agent wait\toption\t-t\ttext\tHow long",
                "ganger agent wait\toption\t--timeout\ttext\tHow long",
                "ganger agent wait\toption\t--debug\tflag\tSay more",
                "ganger agent wait\toperand\t*\tagent\tThe agents");
    }

    @Test
    void eachShellGetsTheTableInItsOwnQuotes() {
        assertThat(Shell.BASH.script(reference.usages())).contains("\nganger agent wait\toperand\t*\tagent\n")
                .doesNotContain("@TABLE@");
        assertThat(Shell.ZSH.script(reference.usages())).contains("don'\\''t hurry").startsWith("#compdef ganger\n");
        assertThat(Shell.FISH.script(reference.usages())).contains("don\\'t hurry");
    }

    @Test
    void aPageOfTheManualTellsAllOfACommand() {
        assertThat(page("ganger-agent-wait.1").lines()).containsExactly(
                ".TH GANGER\\-AGENT\\-WAIT 1 \"2026-11-01\" \"ganger " + Build.VERSION.replace("-", "\\-") + "\" \"Ganger\"",
                ".ad l", ".nh",
                ".SH NAME", "ganger\\-agent\\-wait \\- wait for it",
                ".SH SYNOPSIS", "\\fBganger\\fR \\fBagent\\fR \\fBwait\\fR \\fB[\\-t\\fR \\fID]\\fR \\fINAME\\[u2026]\\fR",
                ".SH DESCRIPTION", "Wait for it, don\\(aqt hurry. Or \\edo.",
                ".SH OPERANDS", ".TP", "\\fINAME\\fR", "The agents.",
                ".SH OPTIONS", ".TP", "\\fB\\-t\\fR, \\fB\\-\\-timeout\\fR \\fID\\fR",
                "How long (default: 2s). Longer than it\\(aqs good for.",
                ".SH OTHER OPTIONS", ".TP", "\\fB\\-\\-debug\\fR", "Say more.",
                ".SH EXAMPLE", "All of \\(aqem:", ".RS 4", ".nf", "\\&.ganger agent wait a\\eb", ".fi", ".RE",
                ".SH SEE ALSO", "ganger(1), which tells what the exit codes mean.");
    }

    @Test
    void theManualBeginsWithAPageOfTheWhole() {
        assertThat(new Manual(reference.usages(), "2026-11-01").pages().keySet()).containsExactly("ganger.1",
                "ganger-agent-wait.1");
        assertThat(page("ganger.1")).contains("ganger \\- runs commands\n")
                .contains("\\fBganger\\-agent\\-wait\\fR(1)\nWait for it, don\\(aqt hurry.\n")
                .contains(".SH EXIT STATUS\n.TP\n\\fB2\\fR\nThe command line was wrong.\n");
    }

    @Test
    void allOfItIsWrittenWhereItIsLookedFor(@TempDir Path folder) throws IOException {
        reference.write(folder, "2026-11-01T00:00:00Z");
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile).map(each -> folder.relativize(each).toString()))
                    .containsExactlyInAnyOrder(
                            "share/completions/ganger.bash", "share/completions/_ganger", "share/completions/ganger.fish",
                            "share/man/man1/ganger.1", "share/man/man1/ganger-agent-wait.1");
        }
        assertThat(Reference.completion(folder, Shell.ZSH)).hasContent(Shell.ZSH.script(reference.usages()));
    }

    private String page(String name) {
        return Objects.requireNonNull(new Manual(reference.usages(), "2026-11-01T00:00:00Z").pages().get(name));
    }
}
