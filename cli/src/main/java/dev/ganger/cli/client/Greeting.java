package dev.ganger.cli.client;

import dev.ganger.cli.client.Failure.Kind;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The first words on a connection: a coordinator says them at once, and what says nothing is not waited for. */
final class Greeting {
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private Greeting() {}

    /** Waits until the other side has greeted; false if there is no connection, which the next call will explain. */
    static boolean await(ManagedChannel channel, Destination coordinator) throws InterruptedException {
        var began = System.nanoTime();
        while (true) {
            var state = channel.getState(true);
            if (state == ConnectivityState.READY) {
                return true;
            }
            if (state == ConnectivityState.TRANSIENT_FAILURE || state == ConnectivityState.SHUTDOWN) {
                return false;
            }
            var changed = new CountDownLatch(1);
            channel.notifyWhenStateChanged(state, changed::countDown);
            if (!changed.await(LONGEST.toNanos() - (System.nanoTime() - began), TimeUnit.NANOSECONDS)) {
                throw new Failure(Kind.UNREACHABLE, ("no answer from %s for %d s: a coordinator would have greeted at once;"
                        + " see whether the address is right").formatted(coordinator, LONGEST.toSeconds()));
            }
        }
    }
}
