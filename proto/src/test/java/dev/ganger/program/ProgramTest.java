package dev.ganger.program;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import static org.assertj.core.api.Assertions.assertThat;

/** How every program answers its command line. */
final class ProgramTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Command(name = "ganger baker", description = "Bakes.", subcommands = Bake.class, mixinStandardHelpOptions = true, versionProvider = Version.class)
    static final class Baker {}

    @Command(name = "bake", mixinStandardHelpOptions = true, versionProvider = Version.class)
    static final class Bake implements Callable<Integer> {
        @Option(names = "--loaves", paramLabel = "N")
        int loaves = 1;
        @Parameters(paramLabel = "FLOUR", arity = "1")
        List<String> flours = List.of();

        @Override
        public Integer call() {
            return loaves + flours.size();
        }
    }

    @Command(name = "ganger taste", mixinStandardHelpOptions = true, versionProvider = Version.class)
    static final class Taster implements Callable<Integer> {
        @Option(names = "--salt", paramLabel = "N")
        int salt = 7;

        @Override
        public Integer call() {
            return salt;
        }
    }

    private int run(String... arguments) {
        return new Program(new PrintWriter(out, true), new PrintWriter(err, true), new Baker(), new Taster()).run(arguments);
    }

    @Test
    void aVerbBesideItIsCalledByItsOwnName() {
        assertThat(run("taste")).isEqualTo(7);
        assertThat(run("taste", "--salt", "3")).isEqualTo(3);
        assertThat(run("taste", "bread")).isEqualTo(2);
        assertThat(err).hasToString("ganger: unexpected 'bread'; see 'ganger taste --help'" + System.lineSeparator());
    }

    @Test
    void exitsAsItsVerbDid() {
        assertThat(run("bake", "--loaves", "3", "rye")).isEqualTo(4);
        assertThat(out.toString() + err).isEmpty();
    }

    @Test
    void aWordThatBeginsWithAnAtIsNoFileOfFurtherArguments(@TempDir Path folder) throws IOException {
        var words = Files.writeString(folder.resolve("words"), "rye oat spelt");
        assertThat(run("bake", "@" + words)).isEqualTo(2);
    }

    @Test
    void aloneItPrintsItsHelp() {
        assertThat(run()).isZero();
        assertThat(out.toString()).startsWith("Usage: ganger baker").contains("Bakes.");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void theVersionIsTheSameEverywhere() {
        assertThat(run("--version")).isZero();
        assertThat(run("bake", "-V")).isZero();
        assertThat(out.toString()).matches("(ganger [0-9]+\\.[0-9]+\\.[0-9]+\\S*\n){2}");
    }

    @Test
    void whatIsNotUnderstoodIsOneSentenceAndTwo() {
        assertRefused("no such verb: 'roast'; see 'ganger baker --help'", "roast");
        assertRefused("unknown option '--warm'; see 'ganger baker --help'", "--warm");
        assertRefused("unknown option '--warm'; see 'ganger baker bake --help'", "bake", "--warm", "rye");
        assertRefused("'baker bake' needs FLOUR; see 'ganger baker bake --help'", "bake");
        assertRefused("missing required parameter for option '--loaves' (N); see 'ganger baker bake --help'", "bake", "rye",
                "--loaves");
        assertRefused("invalid value for option '--loaves': 'many' is not an int; see 'ganger baker bake --help'", "bake",
                "--loaves", "many", "rye");
    }

    private void assertRefused(String sentence, String... arguments) {
        err.getBuffer().setLength(0);
        assertThat(run(arguments)).as(sentence).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("ganger: " + sentence + "\n");
        assertThat(out.toString()).isEmpty();
    }
}
