package dev.ganger.system;

import dev.ganger.reference.Usage;
import dev.ganger.reference.Usage.Option;
import dev.ganger.reference.UsageLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** docs/cli.md and the three programs agree: every verb and every option is in both. */
final class ReferenceIT {
    private static final Path ROOT = Path.of("..");
    private static List<Usage> usages = List.of();
    private final CommandLineDocument document;
    private final Examples examples = new Examples(usages);

    ReferenceIT() throws IOException {
        document = new CommandLineDocument(Files.readString(ROOT.resolve("docs/cli.md")));
    }

    @BeforeAll
    static void ask() {
        try (var site = new Site()) {
            usages = UsageLines.read(site.said("reference").getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void whatIsDocumentedIsThere() {
        var missing = new TreeSet<>(document.names());
        missing.removeAll(there());

        assertThat(missing).as("documented and not in the programs").isEmpty();
    }

    @Test
    void whatIsThereIsDocumented() {
        var undocumented = there();
        undocumented.removeAll(document.names());

        assertThat(undocumented).as("in the programs and not in docs/cli.md").isEmpty();
    }

    private Set<String> there() {
        var there = new TreeSet<String>();
        for (var usage : examples.commands()) {
            there.add(usage.command());
            usage.options().stream().filter(option -> !option.everywhere()).flatMap(option -> option.names().stream())
                    .forEach(name -> there.add(usage.command() + " " + name));
        }
        return there;
    }

    @Test
    void theOptionsOfEveryVerbAreDocumented() {
        assertThat(named(usages.getFirst().options())).isEqualTo(document.everywhere());
    }

    @Test
    void optionsTakeAValueWhereTheDocumentShowsOne() {
        for (var usage : examples.commands()) {
            var documented = new TreeMap<>(document.options(usage.command()));
            var own = named(usage.options().stream().filter(option -> !option.everywhere()).toList());
            documented.keySet().retainAll(own.keySet());
            assertThat(own).as("which options of %s take a value", usage.command()).containsAllEntriesOf(documented);
        }
    }

    private static Map<String, Boolean> named(List<Option> options) {
        var named = new TreeMap<String, Boolean>();
        options.forEach(option -> option.names().forEach(name -> named.put(name, option.takesValue())));
        return named;
    }

    @Test
    void whatTheTextSpeaksOfIsInATable() {
        assertThat(document.mentionedOnly()).isEmpty();
    }

    @Test
    void whatIsShownInTheDocumentsWouldWork() throws IOException {
        for (var file : List.of("docs/cli.md", "README.md")) {
            var lines = Examples.inMarkdown(Files.readString(ROOT.resolve(file)));
            assertThat(lines).as("code in %s", file).hasSizeGreaterThan(10);
            assertThat(examples.unknown(lines)).as("in %s, and not in the programs", file).isEmpty();
        }
    }

    @Test
    void helpSaysWhatTheVerbItselfSaysAlsoOfOtherPrograms() {
        try (var site = new Site()) {
            assertThat(site.said("help", "coordinator", "run")).contains("--queue-limit")
                    .isEqualTo(site.said("coordinator", "run", "--help"));
        }
    }

    @Test
    void everyCommandHasOneExampleWhichWouldWork() {
        assertThat(examples.commands()).hasSizeGreaterThan(15).allSatisfy(usage -> {
            assertThat(usage.examples()).as("examples of %s", usage.command()).hasSize(1);
            var lines = usage.examples().getFirst().lines();
            assertThat(lines).as("example of %s", usage.command()).anyMatch(line -> line.contains(usage.command()));
            assertThat(examples.unknown(lines)).as("example of %s", usage.command()).isEmpty();
            assertThat(usage.description()).as("description of %s", usage.command()).endsWith(".");
        });
    }
}
