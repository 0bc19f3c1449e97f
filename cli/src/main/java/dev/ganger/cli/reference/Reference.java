package dev.ganger.cli.reference;

import dev.ganger.reference.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** What the distribution ships to look things up: completions and manual pages, of all programs as if they were one. */
public final class Reference {
    private final List<Usage> usages;

    /** Of what each program tells, that of the one people type first. */
    public Reference(List<Usage> told) {
        var joined = new LinkedHashMap<String, Usage>();
        told.forEach(usage -> joined.putIfAbsent(usage.command(), usage));
        usages = new ArrayList<>(joined.values());
    }

    public List<Usage> usages() {
        return List.copyOf(usages);
    }

    /** Where the completions of a distribution are. */
    public static Path completion(Path distribution, Shell shell) {
        return distribution.resolve("share/completions").resolve(shell.file());
    }

    /** Writes it into a distribution; the date is that of the manual. */
    public void write(Path distribution, String date) throws IOException {
        for (var shell : Shell.values()) {
            writeFile(completion(distribution, shell), shell.script(usages));
        }
        for (var page : new Manual(usages, date).pages().entrySet()) {
            writeFile(distribution.resolve("share/man/man1").resolve(page.getKey()), page.getValue());
        }
    }

    private static void writeFile(Path file, String content) throws IOException {
        var folder = file.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(file, content);
    }
}
