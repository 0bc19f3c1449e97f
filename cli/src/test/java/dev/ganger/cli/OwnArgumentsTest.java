package dev.ganger.cli;

import dev.ganger.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class OwnArgumentsTest {
    @Test
    void emptyArgumentsAreArguments() {
        assertThat(OwnArguments.split(new byte[]{'a', 0, 0, 'b', 0})).containsExactly(Bytes.utf8("a"), Bytes.EMPTY,
                Bytes.utf8("b"));
    }

    @Test
    void whatIsNotOnTheCommandLineIsTakenAsDecoded() {
        assertThat(OwnArguments.of("this", "stands", "nowhere", "ä")).containsExactly(Bytes.utf8("this"), Bytes.utf8("stands"),
                Bytes.utf8("nowhere"), Bytes.utf8("ä"));
    }

    @Test
    void bytesSurviveALocaleThatCannotExpressThem() throws Exception {
        var program = Path.of(System.getProperty("java.home"), "bin", "java");
        var shell = "exec \"$0\" -cp \"$1\" dev.ganger.cli.OwnArgumentsTest$Echo \"$(printf 'w\\303\\266rld')\" \"$(printf '\\377')\" '' end";
        var builder = new ProcessBuilder("sh", "-c", shell.replace("$Echo", "\\$Echo"), program.toString(),
                System.getProperty("java.class.path"));
        builder.environment().put("LC_ALL", "C");
        var process = builder.redirectErrorStream(true).start();
        var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(printed).isEqualTo("77c3b6726c64\nff\n\n656e64\n");
    }

    /** Prints its arguments in hexadecimal. */
    static final class Echo {
        private Echo() {}

        public static void main(String... args) {
            OwnArguments.of(args).forEach(argument -> System.out.println(argument.hex()));
        }
    }
}
