package dev.ganger.cli.install;

import dev.ganger.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Whatever another machine says of itself, it is read. */
final class FactsFuzzTest {
    @TestFactory
    Stream<DynamicTest> facts() {
        return Fuzz.tests(Fuzz.of("what a host tells", input -> {
            var facts = Facts.parse(new String(input, StandardCharsets.UTF_8));
            facts.pid();
            facts.truth("systemd");
            facts.all().keySet().forEach(facts::number);
        }).from("pid 17\nsystemd yes\nversion 0.1.0\nversion 0.2.0\n"));
    }
}
