package dev.ganger.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Chooses each option of a program: flag beats variable beats file beats default. What is wrong with one is said by WrongSetting with the place
 * where it stands; the functions that read values say why by IllegalArgumentException.
 */
public final class Choices {
    private final Configuration configuration;
    private final Map<String, Setting> settings = new HashMap<>();

    public Choices(Configuration configuration) {
        this.configuration = configuration;
    }

    /** An option with a default. */
    public <T> T value(String key, @Nullable String flag, String otherwise, Function<String, T> read) {
        return value(key, flag, () -> otherwise, read);
    }

    /** An option whose default must be found out. */
    public <T> T value(String key, @Nullable String flag, Supplier<String> otherwise, Function<String, T> read) {
        var given = given(key, flag);
        return take(key, given == null ? new Given(otherwise.get(), Origin.DEFAULT) : given, read);
    }

    /** A folder. In a file it is absolute: whoever starts the program there or here would else have different ones. */
    public Path folder(String key, @Nullable String flag, Supplier<String> otherwise) {
        var folder = value(key, flag, otherwise, Choices::path);
        return checked(key, () -> {
            if (origin(key).source() == Source.FILE && !folder.isAbsolute()) {
                throw new IllegalArgumentException(
                        "expected a folder from the root, for example /srv/ganger, not '" + folder + "'");
            }
            return folder.toAbsolutePath();
        });
    }

    /** An option that may be left open: then null. */
    public <T> @Nullable T optional(String key, @Nullable String flag, Function<String, T> read) {
        var given = given(key, flag);
        if (given == null) {
            settings.put(key, new Setting(key, "", Origin.DEFAULT));
            return null;
        }
        return take(key, given, read);
    }

    /** An option that is a secret, or says where it is: @FILE, or - for the input. Shown is only that there is one; null if there is none. */
    public <T> @Nullable T secret(String key, @Nullable String flag, Function<String, T> read) {
        var found = optional(key, flag, read);
        var shown = settings.get(key);
        if (shown != null && !shown.value().isEmpty() && !shown.value().startsWith("@") && !shown.value().equals("-")) {
            settings.put(key, new Setting(key, "(secret)", shown.origin()));
        }
        return found;
    }

    /** True or false, by default false. */
    public boolean truth(String key, @Nullable Boolean flag) {
        return value(key, flag == null ? null : flag.toString(), "false", Choices::truth);
    }

    /** Any number of KEY=VALUE. The flags replace those of a file: they are not put together. */
    public <T> T pairs(String key, List<String> flags, Function<List<String>, T> read) {
        var said = configuration.given(key);
        var given = flags.isEmpty() && said != null
                ? said
                : new Given(flags, flags.isEmpty() ? Origin.DEFAULT : Origin.flag(key));
        given.values().forEach(each -> refuseControls(key, each, given.origin()));
        settings.put(key, new Setting(key, String.join(",", given.values()), given.origin()));
        return checked(key, () -> read.apply(given.values()));
    }

    /** What was chosen so far, in the order of the keys. */
    public List<Setting> settings() {
        return configuration.keys().stream().map(key -> settings.get(key.name())).filter(Objects::nonNull).toList();
    }

    private Origin origin(String key) {
        var setting = settings.get(key);
        if (setting == null) {
            throw new AssertionError("not chosen yet: " + key);
        }
        return setting.origin();
    }

    private @Nullable Given given(String key, @Nullable String flag) {
        return flag == null ? configuration.given(key) : new Given(flag, Origin.flag(key));
    }

    private <T> T take(String key, Given given, Function<String, T> read) {
        var text = given.values().getFirst();
        refuseControls(key, text, given.origin());
        settings.put(key, new Setting(key, text, given.origin()));
        return checked(key, () -> read.apply(text));
    }

    /** No option needs one, and logs and tables show these values. */
    private static void refuseControls(String key, String text, Origin origin) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw origin.wrong(key, "there is a control character in it");
        }
    }

    /** For what is found wrong only with other things known: gives what the function gives, or says where the option stands. */
    public <T> T checked(String key, Supplier<T> read) {
        try {
            return read.get();
        } catch (IllegalArgumentException wrong) {
            throw origin(key).wrong(key, String.valueOf(wrong.getMessage()));
        }
    }

    private static Path path(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("expected a folder, not '" + text + "'");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException unknown) {
            throw new IllegalArgumentException(
                    "the folder '" + text + "' cannot be named in this locale; name another, or set LC_ALL=C.UTF-8", unknown);
        }
    }

    private static boolean truth(String text) {
        return switch (text) {
            case "true", "True", "TRUE" -> true;
            case "false", "False", "FALSE" -> false;
            default -> throw new IllegalArgumentException("expected true or false, not '" + text + "'");
        };
    }
}
