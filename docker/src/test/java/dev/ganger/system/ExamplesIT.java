package dev.ganger.system;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The scripts of examples/ do what they say, with the programs they name and two agents. */
final class ExamplesIT {
    private static final Path EXAMPLES = Path.of("..", "examples").toAbsolutePath().normalize();
    private static final int HOSTS = 60;
    private static final List<Integer> DEAD = List.of(7, 19, 38, 54);
    private static final String SYSDESCR = "Ganger lab, a switch with 48 ports";

    /** Names that a shell, ImageMagick or a decoder of UTF-8 might see something in. */
    private static final String PICTURES = """
            mkdir pictures
            convert -size 400x300 gradient:red-blue pictures/plain.png
            for name in 'two words' ' edges ' "it's" '-dash' 'star*' 'one[1]' 'per%d' 'jpg:c' 'brace{}s' '$HOME' '\\' \\
                    "$(printf 'caf\\303\\251')" "$(printf 'latin\\351')"; do
                cp pictures/plain.png "pictures/$name.png"
            done
            cp pictures/plain.png pictures/UPPER.PNG
            echo 'not a picture' > pictures/notes.txt
            """;

    @Test
    void sixtyHostsArePolledAndTheDeadOnesHoldNobodyUp() {
        needs("snmpget", "snmp");
        needs("snmpd", "snmpd");
        try (var site = new Site()) {
            var lab = example(site, """
                    "$examples/snmp/lab" sh -c '"$0" "$HOSTS"; echo "exit $?"; ganger results last -o json' "$examples/snmp/poll"
                    """);
            assertThat(lab.exitCode()).as(lab.err()).isZero();
            var out = lab.out().lines().toList();
            var header = IntStream.range(0, out.size()).filter(line -> out.get(line).startsWith("HOST ")).findFirst()
                    .orElseThrow();
            var table = out.subList(header + 1, header + 1 + HOSTS);

            assertThat(out.subList(0, header - 1)).as("as they come").hasSize(HOSTS - DEAD.size())
                    .allMatch(line -> line.matches("127\\.0\\.1\\.\\d+:\\d+\t\\d+ ms\t" + SYSDESCR));
            assertThat(table).as("the table").extracting(ExamplesIT::host)
                    .isEqualTo(IntStream.rangeClosed(1, HOSTS).boxed().toList());
            assertThat(table).filteredOn(line -> line.matches(".* - +no answer")).extracting(ExamplesIT::host).isEqualTo(DEAD);
            assertThat(table).filteredOn(line -> line.matches(".* \\d+ ms  " + SYSDESCR)).hasSize(HOSTS - DEAD.size());
            assertThat(lab.err()).contains("Timeout: No Response from 127.0.1." + DEAD.getFirst() + ":");
            assertThat(out.get(header + 1 + HOSTS)).isEqualTo("exit 1");
            assertNobodyWasHeldUp(out.subList(header + 2 + HOSTS, out.size()));
            assertThat(site.folder()).as("the lab leaves nothing").isDirectoryNotContaining("glob:**/tmp.*");
        }
    }

    private static int host(String line) {
        return Integer.parseInt(line.substring("127.0.1.".length(), line.indexOf(':')));
    }

    /** Every host that lives had its answer recorded before the first dead one had timed out. */
    private static void assertNobodyWasHeldUp(List<String> results) {
        assertThat(results).hasSize(HOSTS);
        var dead = results.stream().filter(result -> result.contains("\"failed\"")).toList();
        assertThat(dead).extracting(result -> Integer.valueOf(Site.values("index", result).getFirst()))
                .containsExactlyInAnyOrderElementsOf(DEAD);
        assertThat(dead).allSatisfy(result -> {
            assertThat(Site.values("reason", result)).as("it timed out by itself").containsExactly("exit");
            assertThat(Site.values("exitCode", result)).containsExactly("1");
        });
        var alive = results.stream().filter(result -> result.contains("\"succeeded\"")).toList();
        assertThat(alive).hasSize(HOSTS - DEAD.size());
        assertThat(Collections.max(finished(alive))).isBefore(Collections.min(finished(dead)));
        assertThat(results).extracting(result -> Site.values("agent", result).getFirst()).contains("north", "south");
    }

    private static List<Instant> finished(List<String> results) {
        return results.stream().map(result -> Instant.parse(Site.values("finishedAt", result).getFirst())).toList();
    }

    @Test
    void aFolderOfPicturesBecomesAFolderOfThumbnails() {
        needs("identify", "imagemagick");
        try (var site = withTwoAgents()) {
            var made = example(site, PICTURES + """
                    "$examples/thumbnails/shrink" pictures thumbnails || exit
                    ls --ignore=notes.txt pictures >wanted
                    ls thumbnails >there
                    diff wanted there || exit
                    for thumbnail in thumbnails/*; do identify -format '%wx%h\\n' - <"$thumbnail"; done | sort | uniq -c
                    """);
            assertThat(made.exitCode()).as(made.err() + made.out()).isZero();
            assertThat(made.out().strip()).as("how many of which size").isEqualTo("15 200x150");
        }
    }

    @Test
    void aBrokenPictureIsNamedAndTheOthersAreMade() {
        needs("identify", "imagemagick");
        try (var site = withTwoAgents()) {
            var made = example(site, """
                    mkdir pictures
                    convert -size 40x30 xc:red pictures/good.jpg
                    head -c 100 pictures/good.jpg >pictures/broken.jpg
                    "$examples/thumbnails/shrink" pictures thumbnails
                    echo "exit $?"
                    ls thumbnails
                    """);
            assertThat(made.out()).isEqualTo("exit 1\ngood.jpg\n");
            assertThat(made.err()).contains("There is no thumbnail of broken.jpg.\n").contains("1 succeeded, 1 did not");
        }
    }

    @Test
    void wordsOfManyTextsAreCountedByTwoJobs() {
        try (var site = withTwoAgents()) {
            site.file("1.txt", bytes("The quick brown fox;\nthe lazy dog.\nQUICK! The end"));
            site.file("2 b.txt", bytes("Käse, KÄSE; käse — the fox\n"));
            site.file("3.txt", bytes(""));
            site.file("long.txt", bytes("fox and dog,\n".repeat(20_000)));

            var counted = example(site, "\"$examples/words/count\" 1.txt '2 b.txt' 3.txt long.txt");
            assertThat(counted.exitCode()).as(counted.err()).isZero();
            assertThat(counted.out()).isEqualTo("""
                    20002 fox
                    20001 dog
                    20000 and
                    4 the
                    3 käse
                    2 quick
                    1 brown
                    1 end
                    1 lazy
                    """);
            assertThat(Site.values("total", site.said("jobs", "-o", "json"))).as("three short texts and three pieces; one reduce")
                    .containsExactlyInAnyOrder("6", "1");
        }
    }

    @Test
    void aTextThatIsMissingIsSaidBeforeAnythingIsCounted() {
        try (var site = withTwoAgents()) {
            site.file("here.txt", bytes("word"));
            var counted = example(site, "\"$examples/words/count\" here.txt missing.txt");
            assertThat(counted.exitCode()).isEqualTo(2);
            assertThat(counted.out()).isEmpty();
            assertThat(counted.err()).endsWith("count: cannot read missing.txt\n");
            assertThat(site.said("jobs", "-o", "quiet")).isEmpty();
        }
    }

    private static Site withTwoAgents() {
        var site = new Site();
        try {
            site.startCoordinator();
            site.startAgent("north", "--slots", "2");
            site.startAgent("south", "--slots", "2");
            return site;
        } catch (RuntimeException | AssertionError e) {
            site.close();
            throw e;
        }
    }

    /** In the test's folder, with the program under test first on the PATH. */
    private static Program example(Site site, String script) {
        var environment = Map.of("examples", EXAMPLES.toString(), "folder", site.folder().toString());
        return site.shell("""
                PATH=${ganger%/*}:$PATH
                cd "$folder" || exit
                """ + script, environment);
    }

    private static void needs(String program, String debianPackage) {
        var folders = Stream.of((System.getenv("PATH") + ":/usr/sbin").split(":"));
        assumeTrue(folders.anyMatch(folder -> Files.isExecutable(Path.of(folder, program))),
                "needs " + program + ": apt-get install " + debianPackage);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
