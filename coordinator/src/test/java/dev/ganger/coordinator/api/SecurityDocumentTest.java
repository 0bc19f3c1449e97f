package dev.ganger.coordinator.api;

import dev.ganger.coordinator.api.EveryCallTest.Who;
import dev.ganger.coordinator.security.Access;
import dev.ganger.coordinator.security.Need;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The tables of docs/security.md are what the code does: EveryCallTest and AttacksTest hold the same values against a server. */
final class SecurityDocumentTest {
    private static final Path DOCUMENT = Path.of("../docs/security.md");

    private static List<String> calls() {
        var columns = Arrays.stream(Who.values()).map(Who::toString).collect(Collectors.joining(" | "));
        var head = List.of("| call | method | " + columns + " |", "|---|---" + "|---".repeat(Who.values().length) + "|");
        var rows = Access.all().entrySet().stream()
                .sorted(Comparator.<Map.Entry<String, Access.Row>, Need>comparing(row -> row.getValue().need())
                        .thenComparing(Map.Entry::getKey))
                .map(row -> "| %s | `%s` | %s |".formatted(row.getValue().word(),
                        row.getKey().replaceFirst("^ganger\\.v1\\.", ""), Arrays.stream(Who.values())
                                .map(who -> EveryCallTest.allowed(row.getValue().need()).contains(who) ? "yes" : "–")
                                .collect(Collectors.joining(" | "))));
        return Stream.concat(head.stream(), rows).toList();
    }

    private static List<String> attacks() {
        return Stream.concat(Stream.of("| attack | result |", "|---|---|"),
                AttacksTest.all().stream().map(attack -> "| %s | %s |".formatted(attack.what(), attack.result()))).toList();
    }

    /** The lines of the table that begins with this one. */
    private static List<String> table(String head) throws IOException {
        return Files.readAllLines(DOCUMENT).stream().dropWhile(line -> !line.equals(head)).takeWhile(line -> line.startsWith("|"))
                .toList();
    }

    @Test
    void theTableOfCallsIsTheGates() throws IOException {
        assertThat(table(calls().getFirst())).as("%s must have this table:%n%s", DOCUMENT, String.join("\n", calls()))
                .isEqualTo(calls());
    }

    @Test
    void theTableOfAttacksIsWhatWasTried() throws IOException {
        assertThat(table(attacks().getFirst())).as("%s must have this table:%n%s", DOCUMENT, String.join("\n", attacks()))
                .isEqualTo(attacks());
    }
}
