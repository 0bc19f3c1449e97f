package dev.ganger.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What variables and files say about a program's options. Without a file nothing of YAML is loaded. */
public final class Configuration {
    /** Where the files for everybody on this machine are. */
    public static final Path SYSTEM = Path.of("/etc/ganger");

    private final Keys keys;
    private final Map<String, String> environment;
    private final Map<String, Given> inFiles = new HashMap<>();

    private Configuration(Keys keys, Map<String, String> environment) {
        this.keys = keys;
        this.environment = Map.copyOf(environment);
    }

    /** Reads what there is; throws WrongSetting for what a program could not mean. */
    public static Configuration read(Keys keys, Map<String, String> environment, Path system) {
        var configuration = new Configuration(keys, environment);
        for (var file : configuration.files(system)) {
            configuration.add(file);
        }
        if (!keys.prefix().isEmpty()) {
            configuration.checkVariables();
        }
        return configuration;
    }

    /** The lowest first. */
    private List<Path> files(Path system) {
        var named = environment.getOrDefault(keys.fileVariable(), "");
        if (!named.isEmpty()) {
            var file = ifThere(named);
            if (file == null) {
                throw Origin.variable(keys.fileVariable()).wrong("", "there is no file '" + named + "'");
            }
            return List.of(file);
        }
        var name = "/" + keys.owner() + ".yaml";
        return Stream.of(ifThere(system + name), ifThere(Folders.configuration(environment) + name)).filter(Objects::nonNull)
                .toList();
    }

    private static @Nullable Path ifThere(String name) {
        try {
            var file = Path.of(name);
            return Files.exists(file) ? file : null;
        } catch (InvalidPathException notInThisLocale) {
            return null;
        }
    }

    private void add(Path file) {
        for (var entry : ConfigFile.read(file)) {
            var key = keys.named(entry.key());
            if (key == null) {
                throw unknown(file, entry);
            }
            if (entry.isMap() != (key.form() == Key.Form.PAIRS)) {
                throw new WrongSetting("%s:%d: %s".formatted(file, entry.line(), entry.isMap()
                        ? "'" + key.name() + "' takes one value, not a map"
                        : "'" + key.name() + "' takes a map: below it, indented, a line 'key: value' each"));
            }
            inFiles.put(key.name(), new Given(entry.values(), Origin.line(file.toString(), entry.line())));
        }
    }

    private WrongSetting unknown(Path file, ConfigFile.Entry entry) {
        var nearest = keys.nearest(entry.key());
        return new WrongSetting("%s:%d: unknown key '%s'; %s".formatted(file, entry.line(), entry.key(),
                nearest == null ? "known are " + keys.names() : "the nearest known one is '" + nearest.name() + "'"));
    }

    /** One that is almost known was mistyped. */
    private void checkVariables() {
        for (var name : unknownVariables()) {
            var nearest = keys.nearest(name.substring(keys.prefix().length()));
            if (nearest != null) {
                throw new WrongSetting(
                        "unknown variable " + name + "; the nearest known one is " + nearest.variables().getFirst());
            }
        }
    }

    /** Variables with the program's prefix that say nothing to it: others, container engines for example, may have put them there. */
    public List<String> unknownVariables() {
        var known = new ArrayList<>(List.of(keys.fileVariable()));
        keys.all().forEach(key -> known.addAll(key.variables()));
        return environment.keySet().stream()
                .filter(name -> !keys.prefix().isEmpty() && name.startsWith(keys.prefix()) && !known.contains(name))
                .sorted().toList();
    }

    List<Key> keys() {
        return keys.all();
    }

    /** Null if only the default is left. An empty variable counts as not set. */
    @Nullable
    Given given(String name) {
        var key = keys.named(name);
        if (key == null) {
            throw new AssertionError("no such key: " + name);
        }
        for (var variable : key.variables()) {
            var value = environment.getOrDefault(variable, "");
            if (!value.isEmpty()) {
                var values = key.form() == Key.Form.PAIRS ? List.of(value.split(",")) : List.of(value);
                return new Given(values, Origin.variable(variable));
            }
        }
        return inFiles.get(name);
    }
}
