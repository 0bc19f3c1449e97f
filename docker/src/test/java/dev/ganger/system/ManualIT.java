package dev.ganger.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The shipped manual is correct for those who typeset it, and found by those who look for it. */
final class ManualIT {
    private static final Path PAGES = Shells.DISTRIBUTION.resolve("share/man/man1");

    @Test
    void theTypesettersHaveNothingToSay() throws IOException {
        Shells.assumeThere("groff");
        Shells.assumeThere("mandoc");
        try (var site = new Site()) {
            for (var page : pages()) {
                assertThat(site.shell("groff -man -ww -z " + page + " && mandoc -T lint -W warning " + page, Map.of()))
                        .satisfies(check -> assertThat(check.out() + check.err()).as("of %s", page).isEmpty())
                        .satisfies(check -> assertThat(check.exitCode()).isZero());
            }
        }
    }

    @Test
    void aPageIsFoundBesideTheProgramAndSaysWhatItsHelpSays() {
        Shells.assumeThere("man");
        try (var site = new Site()) {
            var path = Map.of("PATH", Shells.DISTRIBUTION.resolve("bin") + ":" + System.getenv("PATH"), "MANWIDTH", "200");
            var page = site.shell("man ganger-submit | cat", path).out();

            assertThat(page).contains("ganger-submit - queue a job and print its id")
                    .contains("--array FIRST-LAST[:STEP]").contains("gzip {}");
            assertThat(site.shell("man ganger | cat", path).out()).contains("ganger-coordinator-run(1)").contains("EXIT STATUS");
        }
    }

    private static List<Path> pages() throws IOException {
        try (var files = Files.list(PAGES)) {
            var pages = files.sorted().toList();
            assertThat(pages).extracting(page -> page.getFileName().toString())
                    .contains("ganger.1", "ganger-submit.1", "ganger-coordinator-run.1", "ganger-agent-run.1");
            return pages;
        }
    }
}
