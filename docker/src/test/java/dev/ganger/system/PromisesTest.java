package dev.ganger.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What docs/promises.md and docs/heritage.md name as proof exists. */
final class PromisesTest {
    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT))(?:\\.(\\w+))?`");
    private static final Pattern METHOD = Pattern.compile("void (\\w+)\\(");
    private static final Path ROOT = Path.of("..");

    @Test
    void everyTestThatAPromiseNamesIsThere() throws IOException {
        var promises = Files.readString(ROOT.resolve("docs/promises.md"));
        assertThat(promises.split("\n## ")).as("the title, and promises that each have tests").hasSizeGreaterThan(5)
                .satisfies(
                        parts -> assertThat(List.of(parts).subList(1, parts.length)).allMatch(part -> part.contains("*Tests:*")));
        assertTestsAreThere(promises);
    }

    @Test
    void everyTestThatMakesAFaultHasARow() throws IOException {
        var rows = Files.readString(ROOT.resolve("docs/promises.md")).lines().filter(line -> line.startsWith("| ")).toList();
        assertThat(faults()).hasSizeGreaterThan(5)
                .allSatisfy(test -> assertThat(rows).as("rows of %s", test).anyMatch(row -> row.contains("`" + test + "`")));
    }

    /** Tests that tell the {@link FaultTable} what they did. */
    private static List<String> faults() throws IOException {
        var found = new ArrayList<String>();
        try (Stream<Path> files = Files.walk(ROOT.resolve("docker/src/test/java"))) {
            for (var file : files.filter(path -> path.toString().endsWith("IT.java")).toList()) {
                for (var part : Files.readString(file).split("@Test\\s", -1)) {
                    var name = METHOD.matcher(part);
                    if (part.contains("FaultTable.row(") && name.find()) {
                        found.add(file.getFileName().toString().replace(".java", ".") + name.group(1));
                    }
                }
            }
        }
        return found;
    }

    @Test
    void everyTestThatARowOfTheHeritageNamesIsThere() throws IOException {
        var heritage = Files.readString(ROOT.resolve("docs/heritage.md"));
        var rows = heritage.lines().filter(line -> line.startsWith("| ") && !line.startsWith("| known as")).toList();
        assertThat(rows).hasSizeGreaterThan(15).allSatisfy(row -> assertThat(NAMED.matcher(row).find()).as(row).isTrue());
        assertTestsAreThere(heritage);
    }

    private static void assertTestsAreThere(String page) throws IOException {
        for (var named : NAMED.matcher(page).results().toList()) {
            var method = Optional.ofNullable(named.group(2));
            assertThat(source(named.group(1))).as("the test %s", named.group()).isPresent().get().asString()
                    .contains(method.map(name -> " " + name + "(").orElse("class " + named.group(1)));
        }
    }

    /** A name that two tests have would mean either. */
    private static Optional<String> source(String test) throws IOException {
        var found = new ArrayList<Path>();
        for (var module : List.of("proto", "coordinator", "agent", "cli", "docker")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                files.filter(file -> file.endsWith(test + ".java")).forEach(found::add);
            }
        }
        assertThat(found).as("tests named %s", test).hasSizeLessThan(2);
        return found.isEmpty() ? Optional.empty() : Optional.of(Files.readString(found.getFirst()));
    }
}
