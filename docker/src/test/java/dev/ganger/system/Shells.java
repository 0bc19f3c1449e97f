package dev.ganger.system;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The shells that complete, each asked by a script of the tests what it offers at the end of a line. */
enum Shells {
    BASH("ganger.bash", "bash --noprofile --norc"), ZSH("_ganger", "zsh -f"), FISH("ganger.fish", "fish --no-config");

    static final Path DISTRIBUTION = Path.of(System.getProperty("ganger.distribution")).toAbsolutePath();
    private static final Path SCRIPTS = Path.of("src/test/resources/completion").toAbsolutePath();

    private final String file;
    private final String command;

    Shells(String file, String command) {
        this.file = file;
        this.command = command;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    Path script() {
        return DISTRIBUTION.resolve("share/completions").resolve(file);
    }

    List<String> offers(Site site, String line) {
        return offers(site, line, Map.of());
    }

    /** What it offers, in its order. Fails if the shell shows anything beside that. */
    List<String> offers(Site site, String line, Map<String, String> more) {
        return offers(site, script(), line, more);
    }

    List<String> offers(Site site, Path script, String line, Map<String, String> more) {
        assumeThere(word());
        var environment = new HashMap<>(more);
        environment.put("PATH", DISTRIBUTION.resolve("bin") + File.pathSeparator + System.getenv("PATH"));
        environment.put("LINE", line);
        environment.put("SCRIPT", script.toString());
        var call = "cd \"$TMPDIR\"; " + command + " " + SCRIPTS.resolve("complete." + word()) + " \"$SCRIPT\"";
        var outcome = site.shell(call + (this == ZSH ? " offers \"$LINE\"; cat offers; rm offers" : " \"$LINE\""), environment);
        assertThat(outcome.err()).as("what %s shows beside what it offers for '%s'", word(), line).isEmpty();
        return outcome.out().lines().distinct().toList();
    }

    static void assumeThere(String program) {
        var folders = System.getenv("PATH").split(File.pathSeparator);
        assumeTrue(Stream.of(folders).anyMatch(folder -> Files.isExecutable(Path.of(folder, program))), "needs " + program);
    }
}
