package dev.ganger.coordinator;

import dev.ganger.coordinator.output.SegmentStore;
import dev.ganger.coordinator.store.SqliteOutputIndex;
import dev.ganger.coordinator.store.SqliteStore;
import dev.ganger.coordinator.store.Tamper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code ganger verify} prints, and its exit codes. */
final class VerifyTest {
    private final Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    VerifyTest(@TempDir Path folder) {
        this.folder = folder.resolve("data");
    }

    @BeforeEach
    void make() {
        try (var store = SqliteStore.open(folder)) {
            store.recover(_ -> {});
            SegmentStore.open(folder.resolve("output"), SqliteOutputIndex.open(folder.resolve("output")), _ -> {}).close();
        }
    }

    private int verify(String... arguments) {
        return new CommandLine(new Verify()).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private void damage() {
        Tamper.withStore(folder).sql("UPDATE journal_head SET number = 7");
    }

    @Test
    void zeroIfAllIsWell() {
        assertThat(verify("--data", folder.toString())).isZero();
        assertThat(out.toString())
                .startsWith(folder + " is clean\njobs 0, tasks 0 (0 not finished), results 0, attempts 0, output 0.0 MB, took ")
                .endsWith("\nattempts beyond the first: 0 lost, 0 failed and tried again, 0 given back; rounds begun anew: 0\n");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void oneIfSomethingIsWrong() {
        damage();
        assertThat(verify("--data", folder.toString())).isEqualTo(1);
        assertThat(out.toString()).startsWith("row 1 of the journal in " + folder)
                .contains("\n" + folder + " is not clean: 1 fault\n");
    }

    @Test
    void onlyWhatIsWrongIfThatIsAskedFor() {
        assertThat(verify("--data", folder.toString(), "-o", "quiet")).isZero();
        assertThat(out.toString()).isEmpty();
        damage();
        assertThat(verify("--data", folder.toString(), "-o", "quiet")).isEqualTo(1);
        assertThat(out.toString()).hasLineCount(1);
    }

    @Test
    void threeIfThereIsNoSuchFolder() {
        assertThat(verify("--data", folder + "x")).isEqualTo(3);
        assertThat(err.toString())
                .isEqualTo("ganger: there is no folder " + folder + "x; say with --data which one to verify\n");
    }

    @Test
    void threeIfThereIsNothingOfACoordinator() {
        assertThat(verify("--data", folder.resolve("output").toString(), "-o", "json")).isEqualTo(3);
        assertThat(err.toString())
                .startsWith("{\"error\":{\"code\":\"not-found\",\"message\":\"no coordinator has kept anything in ");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void oneIfItCannotBeRead() throws IOException {
        Files.writeString(folder.resolve("coordinator.db"),
                "this is no database, and longer than a header of one would be, or so it seems to be");
        assertThat(verify("--data", folder.toString())).isEqualTo(1);
        assertThat(err.toString()).startsWith("ganger: cannot verify " + folder + ": ").contains("the file is damaged");
    }

    @Test
    void twoForAWrongCommandLine() {
        assertThat(verify("--datum", "x")).isEqualTo(2);
        assertThat(verify("-o", "yaml")).isEqualTo(2);
    }

    /** What docs/cli.md says is printed. */
    @Test
    void theFieldsOfItsObjectAreDocumented() throws IOException {
        verify("--data", folder.toString(), "-o", "json");
        var printed = new TreeSet<String>();
        Pattern.compile("\"(\\w+)\":").matcher(out.toString()).results().forEach(found -> printed.add(found.group(1)));
        var text = Files.readString(Path.of("../docs/cli.md"));
        var documented = text.substring(text.indexOf("`folder clean "));
        assertThat(documented.substring(1, documented.indexOf('`', 1)).split("[ {}\\[\\]]+"))
                .containsExactlyInAnyOrderElementsOf(printed);
    }
}
