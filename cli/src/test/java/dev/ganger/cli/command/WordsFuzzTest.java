package dev.ganger.cli.command;

import dev.ganger.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Words of the command line are understood, or refused in a sentence. */
final class WordsFuzzTest {
    @TestFactory
    Stream<DynamicTest> words() {
        return Fuzz.tests(
                word("indices", text -> Ranges.parse(text).count()).from("1-1000", "0-9:3", "1-100,200"),
                word("a job or some of its tasks", Target::parse).from("42", "last", "all", "42.1-50", "42.1,3"));
    }

    private static Fuzz word(String name, Consumer<String> parser) {
        return Fuzz.of(name, input -> parser.accept(new String(input, StandardCharsets.UTF_8)), IllegalArgumentException.class);
    }
}
