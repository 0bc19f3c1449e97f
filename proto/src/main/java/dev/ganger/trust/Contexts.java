package dev.ganger.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The coordinators that one user knows: a folder each in {@code contexts} of the user's configuration, and beside them the file
 * {@code current} with the name of the one that is chosen.
 */
public final class Contexts {
    private static final String CURRENT = "current";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_@][A-Za-z0-9_.@-]{0,99}");

    private final Path folder;

    private Contexts(Path folder) {
        this.folder = folder;
    }

    /** Those in a user's folder of configuration, for example {@code ~/.config/ganger}. */
    public static Contexts of(Path configurationFolder) {
        return new Contexts(configurationFolder.resolve("contexts"));
    }

    /** Where they are; what begins with a dot in it is none. */
    public Path folder() {
        return folder;
    }

    /** By name. */
    public List<Context> all() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(Files::isDirectory).map(each -> each.getFileName().toString())
                    .filter(name -> NAME.matcher(name).matches()).sorted().map(this::context).toList();
        }
    }

    private Context context(String name) {
        return new Context(name, folder.resolve(name));
    }

    /** The one for a coordinator at this HOST:PORT, the chosen one before others; null if there is none. */
    public @Nullable Context find(String address) throws IOException {
        var found = at(address);
        return found.isEmpty() ? null : found.getFirst();
    }

    /** Every one for a coordinator at this HOST:PORT, the chosen one first. */
    public List<Context> at(String address) throws IOException {
        var chosen = current();
        var found = new ArrayList<Context>();
        for (var each : all()) {
            if (each.isAt(address)) {
                found.add(chosen != null && chosen.name().equals(each.name()) ? 0 : found.size(), each);
            }
        }
        return found;
    }

    /** One by its name, or by the path of its folder if there is a slash in it; null if there is none. */
    public @Nullable Context named(String name) {
        if (name.contains("/")) {
            return name.indexOf('\0') < 0 && Files.isDirectory(Path.of(name)) ? new Context(name, Path.of(name)) : null;
        }
        return NAME.matcher(name).matches() && Files.isDirectory(folder.resolve(name)) ? context(name) : null;
    }

    /** One with this name, which may be there already; throws IllegalArgumentException, in a sentence, for what is no name. */
    public Context create(String name) throws IOException {
        CredentialFolder.create(folder.resolve(checked(name)));
        return context(name);
    }

    /** Throws IllegalArgumentException, in a sentence, for what is no name. */
    public static String checked(String name) {
        if (!NAME.matcher(name).matches() || name.equals(CURRENT)) {
            throw new IllegalArgumentException(
                    "a context's name has up to 100 letters, digits and '_', '.', '@', '-', does not begin"
                            + " with '.' or '-', and is not 'current'; it cannot be '" + name + "'");
        }
        return name;
    }

    /** The chosen one; null if none is, or if it is gone. */
    public @Nullable Context current() throws IOException {
        var name = new CredentialFolder(folder).text(CURRENT);
        return name == null ? null : named(name.strip());
    }

    /** Chooses one that is there. */
    public void use(String name) throws IOException {
        must(name);
        var kept = name.contains("/") ? Path.of(name).toAbsolutePath().normalize().toString() : name;
        new CredentialFolder(folder).write(CURRENT, kept + "\n");
    }

    private Context must(String name) {
        var context = named(name);
        if (context == null) {
            throw new IllegalArgumentException("there is no context '" + name + "'; 'ganger context list' shows them");
        }
        return context;
    }

    /** Removes one that is there, its key included. */
    public void remove(String name) throws IOException {
        if (name.contains("/")) {
            throw new IllegalArgumentException("'" + name + "' is a folder of yours, which only you remove; name a context");
        }
        var path = must(name).folder().path();
        var chosen = current();
        try (var files = Files.list(path)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(path);
        if (chosen != null && chosen.name().equals(name)) {
            Files.deleteIfExists(folder.resolve(CURRENT));
        }
    }
}
