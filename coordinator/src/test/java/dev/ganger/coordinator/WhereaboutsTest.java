package dev.ganger.coordinator;

import dev.ganger.wire.Address;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a coordinator tells of where it is. */
final class WhereaboutsTest {
    private static Whereabouts at(String bound, @Nullable Address asked) {
        return new Whereabouts(Address.parse(bound), asked, () -> "rack-7");
    }

    @Test
    void itIsWhereItListens() {
        assertThat(at("10.0.0.1:7411", null).advertised()).hasToString("10.0.0.1:7411");
        assertThat(at("localhost:7411", null).advertised()).hasToString("localhost:7411");
    }

    @Test
    void whereItListensEverywhereItHasTheNameOfItsMachine() {
        assertThat(at("0.0.0.0:7411", null).advertised()).hasToString("rack-7:7411");
        assertThat(at("[::]:7411", null).advertised()).hasToString("rack-7:7411");
    }

    @Test
    void whatItIsAskedToTellItTells() {
        assertThat(at("0.0.0.0:7411", new Address("queue.example", 443)).advertised()).hasToString("queue.example:443");
        assertThat(at("0.0.0.0:7411", new Address("queue.example", 0)).advertised()).hasToString("queue.example:7411");
    }

    @Test
    void aNameThatMeansTheReaderItselfMisleads() {
        assertThat(new Whereabouts(Address.parse("0.0.0.0:1"), null, () -> "localhost").misleads()).isTrue();
        assertThat(at("0.0.0.0:1", new Address("127.0.0.1", 0)).misleads()).isTrue();
        assertThat(at("0.0.0.0:1", new Address("10.0.0.1", 0)).misleads()).isFalse();
        assertThat(at("0.0.0.0:1", null).misleads()).isFalse();
        assertThat(at("localhost:1", null).misleads()).isFalse();
    }

    @Test
    void onItsOwnMachineTheNearestWayIsFirst() {
        assertThat(at("0.0.0.0:7411", new Address("queue.example", 443)).ofThisMachine()).containsExactly("localhost:7411",
                "queue.example:443", "rack-7:7411");
        assertThat(at("10.0.0.1:7411", null).ofThisMachine()).containsExactly("10.0.0.1:7411", "rack-7:7411");
        assertThat(at("localhost:7411", null).ofThisMachine()).containsExactly("localhost:7411");
    }
}
