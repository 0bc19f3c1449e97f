package dev.ganger.house;

import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;

/** What a module's HouseTest runs: every rule, on the module whose folder is the current one. */
public final class House {
    private House() {}

    /** One test a rule, named for what the rule protects. */
    public static Stream<DynamicTest> rules() {
        Path module = Path.of("").toAbsolutePath();
        return Stream.concat(LayerRules.tests(module.resolve("target/classes")), SourceRules.tests(module));
    }
}
