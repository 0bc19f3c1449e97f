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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** docs/cli.md and the three programs agree: every verb and every option is in both. */
final class ReferenceIT {
    /** Documented, and not there yet: commands, each alone or with the options that it lacks. */
    private static final Set<String> NOT_YET = names("""
            ganger why
            ganger retry
            ganger hold
            ganger release
            ganger agent show
            ganger agent drain
            ganger agent resume
            ganger agent stop
            ganger agent gone
            ganger agent remove
            ganger config
            ganger submit -0 --from-json --each-agent --on --shell --stdin --env-file --dry-run --no-placeholders --tag
            ganger submit --max-running --retry-on --backoff --max-failures --crash-limit
            ganger run -0 --from-json --each-agent --on --shell --stdin --env-file --dry-run --no-placeholders --tag
            ganger run --max-running --retry-on --backoff --max-failures --crash-limit
            ganger jobs --state --name --tag
            ganger tasks --state --name --tag
            ganger show --state --name --tag
            ganger wait --state --name --tag
            ganger logs --state --name --tag
            ganger cancel --state --name --tag
            ganger forget --state --name --tag
            ganger results --state --name --tag --ordered --all --format
            ganger stop --skip
            ganger agent run --label --drain-timeout
            """);

    private static final Path ROOT = Path.of("..");
    private static List<Usage> usages = List.of();
    private final CommandLineDocument document;
    private final Examples examples = new Examples(usages, NOT_YET);

    ReferenceIT() throws IOException {
        document = new CommandLineDocument(Files.readString(ROOT.resolve("docs/cli.md")));
    }

    @BeforeAll
    static void ask() {
        try (var site = new Site()) {
            usages = UsageLines.read(site.said("reference").getBytes(StandardCharsets.UTF_8));
        }
    }

    private static Set<String> names(String lines) {
        return lines.lines().map(line -> line.split(" (?=-)")).flatMap(words -> words.length == 1
                ? Stream.of(words[0])
                : Stream.of(words).skip(1).map(option -> words[0] + " " + option)).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void whatIsDocumentedIsThere() {
        var missing = new TreeSet<>(document.names());
        missing.removeAll(there());
        missing.removeIf(name -> name.contains(" -") && missing.contains(name.replaceFirst(" -.*", "")));

        assertThat(missing).as("documented and not in the programs, must be what NOT_YET says").isEqualTo(NOT_YET);
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
