package dev.ganger.coordinator;

import dev.ganger.house.House;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Holds this module to the rules of the house. */
final class HouseTest {
    @TestFactory
    Stream<DynamicTest> house() {
        return House.rules();
    }
}
