package dev.ganger.coordinator.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The places of an address. */
final class WrongTokensTest {
    private final WrongTokens tokens = new WrongTokens(Duration.ofDays(1));

    private static InetAddress address(int number) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[]{10, 0, 0, (byte) number});
    }

    @Test
    void anAddressHasSoManyPlacesAndALineAndOthersHaveTheirOwn() throws Exception {
        var taken = new ArrayList<WrongTokens.Place>();
        for (var place = 0; place < WrongTokens.PLACES; place++) {
            taken.add(Objects.requireNonNull(tokens.await(address(1))));
        }
        var waiting = new CountDownLatch(WrongTokens.LINE);
        var threads = new ArrayList<Thread>();
        for (var number = 0; number < WrongTokens.LINE; number++) {
            threads.add(Thread.ofVirtual().start(() -> {
                waiting.countDown();
                try (var place = tokens.await(address(1))) {
                    assertThat(place).isNotNull();
                } catch (InterruptedException | UnknownHostException failure) {
                    throw new AssertionError(failure);
                }
            }));
        }
        waiting.await();
        while (tokens.lengthOf(address(1)) < WrongTokens.PLACES + WrongTokens.LINE) {
            Thread.onSpinWait();
        }
        assertThat(tokens.await(address(1))).isNull();
        try (var other = tokens.await(address(2))) {
            assertThat(other).isNotNull();
        }
        taken.forEach(WrongTokens.Place::close);
        for (var thread : threads) {
            thread.join();
        }
        assertThat(tokens.lengthOf(address(1))).isZero();
        assertThat(tokens.lengthOf(address(2))).isZero();
    }

    @Test
    void whoWasWrongKeepsItsPlaceForTheDelay() throws Exception {
        var patient = new WrongTokens(Duration.ofMillis(50));
        var begun = System.nanoTime();
        try (var place = Objects.requireNonNull(patient.await(address(1)))) {
            place.holdUp();
            assertThat(patient.lengthOf(address(1))).isOne();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(50));
    }
}
