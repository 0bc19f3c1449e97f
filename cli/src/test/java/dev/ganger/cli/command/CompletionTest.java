package dev.ganger.cli.command;

import dev.ganger.cli.reference.Reference;
import dev.ganger.cli.reference.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

final class CompletionTest {
    private final Cli cli = new Cli();

    CompletionTest(@TempDir Path distribution) {
        cli.distribution = distribution;
    }

    @Test
    void theShippedScriptIsPrinted() throws IOException {
        var file = Reference.completion(Objects.requireNonNull(cli.distribution), Shell.FISH);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, "complete -c ganger\n");

        assertThat(cli.run("completion", "fish").out()).isEqualTo("complete -c ganger\n");
    }

    @Test
    void aScriptThatIsNotThereIsMissed() {
        var outcome = cli.run("completion", "zsh");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).isEqualTo("ganger: the script that is shipped with ganger cannot be read: there is no "
                + cli.distribution + "/share/completions/_ganger; install the whole distribution, share included\n");
        cli.distribution = null;
        assertThat(cli.run("completion", "zsh").err())
                .isEqualTo("ganger: the script is shipped beside the launcher; start this program as 'ganger'\n");
    }

    @Test
    void otherShellsAreNotKnown() {
        assertThat(cli.run("completion", "ksh").err()).isEqualTo(
                "ganger: expected bash or zsh or fish, not 'ksh'; see 'ganger completion --help'\n");
        assertThat(cli.run("completion").err())
                .isEqualTo("ganger: 'completion' needs bash|zsh|fish; see 'ganger completion --help'\n");
    }
}
