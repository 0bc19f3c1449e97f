package dev.ganger.cli.command;

import dev.ganger.cli.view.Terminal;
import dev.ganger.model.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

import static org.assertj.core.api.Assertions.assertThat;

/** The page for those who know another tool shows the same tasks with each, and commands of Ganger's that exist. */
final class ComingFromTest {
    private static final Path PAGE = Path.of("..", "docs", "coming-from.md");
    private static final int TASKS = 5;
    private static final List<String> TOOLS = List.of("Ganger", "multiprocessing", "GNU parallel", "Slurm", "HyperQueue");

    private static final Pattern COMMAND = Pattern.compile("`ganger ([^`]+)`");
    private static final Pattern WORD = Pattern.compile("(?:[^\\s'\"]|'[^']*'|\"[^\"]*\")+");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([^|`-]+) \\|");
    private static final Pattern QUOTED = Pattern.compile("'([^']+)'");

    @Test
    void theSameFiveTasksStandSideBySide() throws IOException {
        var sideBySide = Stream.of(Files.readString(PAGE).split("\n## ")).filter(section -> section.contains("\n| with |"))
                .toList();
        assertThat(sideBySide).hasSize(TASKS).allSatisfy(section -> assertThat(
                ROW.matcher(section).results().map(row -> row.group(1)).skip(1)).as(section).containsExactlyElementsOf(TOOLS));
    }

    @Test
    void everyCommandOfThePageIsUnderstood() throws IOException {
        var commands = COMMAND.matcher(Files.readString(PAGE)).results().map(ComingFromTest::words).toList();
        assertThat(commands).hasSizeGreaterThan(50);
        var refused = new TreeMap<String, String>();
        for (var command : commands) {
            var sentence = refusal(command);
            if (!sentence.isEmpty()) {
                refused.put(culprit(sentence), command + " " + sentence);
            }
        }
        assertThat(refused).isEmpty();
    }

    @Test
    void aCommandThatDoesNotExistIsSeen() {
        assertThat(culprit(refusal(List.of("jobs", "--whole")))).isEqualTo("--whole");
        assertThat(culprit(refusal(List.of("enqueue", "true")))).isEqualTo("enqueue");
        assertThat(culprit(refusal(List.of("wait", "--timeout", "x", "42")))).isEqualTo("x");
        assertThat(culprit(refusal(List.of("submit", "-1", "true")))).isEqualTo("-1");
        assertThat(refusal(List.of("agent", "walk"))).isNotEmpty();
    }

    /** As a shell splits them; what is quoted is one word. */
    private static List<String> words(MatchResult command) {
        return WORD.matcher(command.group(1).replace("\\|", "|")).results()
                .map(word -> word.group().replaceAll("['\"]", ""))
                .toList();
    }

    /** What the parser says against it; empty if it understands. */
    private static String refusal(List<String> words) {
        if (startsAPart(words)) {
            return "";
        }
        var arguments = words.stream().map(word -> Converters.octets(Bytes.utf8(word))).toArray(String[]::new);
        var surroundings = new Surroundings(InputStream.nullInputStream(), OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream(), Terminal.NONE, Map.of(), null, null, new Cli.FakeInterrupts());
        try {
            var parsed = CommandLines.of(new Invocation(surroundings), arguments).parseArgs(arguments);
            return optionTakenForAnArgument(parsed.subcommand());
        } catch (ParameterException problem) {
            return UsageErrors.of(problem).sentence();
        }
    }

    /** An unknown option that looks like a number is not refused. */
    private static String optionTakenForAnArgument(ParseResult verb) {
        return verb.matchedPositionals().stream().flatMap(positional -> positional.originalStringValues().stream())
                .limit(1)
                .filter(first -> first.startsWith("-"))
                .map(first -> "unknown option '" + first + "'")
                .findFirst().orElse("");
    }

    /** Another program of the distribution answers for these. */
    private static boolean startsAPart(List<String> words) {
        var name = String.join(" ", words.subList(0, Math.min(2, words.size())));
        return Verbs.GROUPS.stream().flatMap(group -> group.entries().stream())
                .anyMatch(entry -> entry.verb() == null && entry.name().equals(name));
    }

    /** What the sentence ends with, before the next step. */
    private static String culprit(String sentence) {
        var quoted = QUOTED.matcher(sentence.replaceFirst("; (see|did you mean) '.*", "")).results().toList();
        return quoted.isEmpty() ? sentence : quoted.getLast().group(1);
    }
}
