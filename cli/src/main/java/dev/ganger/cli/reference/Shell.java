package dev.ganger.cli.reference;

import dev.ganger.reference.Usage;
import dev.ganger.wire.Build;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** The shells that can complete: each has a script, which reads what there is from a table of its own. */
public enum Shell {
    BASH("ganger.bash"), ZSH("_ganger"), FISH("ganger.fish");

    private final String file;

    Shell(String file) {
        this.file = file;
    }

    /** What the shell expects such a file to be called. */
    public String file() {
        return file;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    String script(List<Usage> usages) {
        var table = new Table(usages);
        return template().replace("@VERSION@", Build.VERSION).replace("@TABLE@", switch (this) {
            case BASH -> table.bare().replace("'", "'\\''");
            case ZSH -> table.described().replace("'", "'\\''");
            case FISH -> table.described().replace("\\", "\\\\").replace("'", "\\'");
        });
    }

    private String template() {
        var name = "completion." + word();
        try (var template = Shell.class.getResourceAsStream(name)) {
            if (template == null) {
                throw new AssertionError(name + " belongs to the program");
            }
            return new String(template.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
