package dev.ganger.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A program to configure, and a machine to do it on: folders of the system and of a user, and variables. */
final class Bakery {
    static final Keys KEYS = Keys.ofProcess("baker", List.of(
            new Key("loaf-count", Key.Form.VALUE, List.of("GANGER_BAKER_LOAF_COUNT")),
            new Key("oven", Key.Form.VALUE, List.of("GANGER_BAKER_OVEN", "GANGER_OVEN")),
            new Key("name", Key.Form.VALUE, List.of("GANGER_BAKER_NAME")),
            new Key("open", Key.Form.SWITCH, List.of("GANGER_BAKER_OPEN")),
            new Key("flour", Key.Form.PAIRS, List.of("GANGER_BAKER_FLOUR"))));

    final Map<String, String> environment = new HashMap<>();
    private final Path folder;

    Bakery(Path folder) {
        this.folder = folder;
        environment.put("HOME", folder + "/home");
        environment.put("GANGER_BAKER", "is nobody's prefix");
    }

    Path ofSystem() {
        return folder.resolve("etc/baker.yaml");
    }

    Path ofUser() {
        return folder.resolve("home/.config/ganger/baker.yaml");
    }

    static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.resolve("..").normalize());
        Files.writeString(file, content);
    }

    Configuration configuration() {
        return Configuration.read(KEYS, environment, folder.resolve("etc"));
    }

    Choices choices() {
        return new Choices(configuration());
    }
}
