package dev.ganger.agent;

import dev.ganger.agent.link.Joining;
import dev.ganger.trust.CredentialFolder;
import dev.ganger.trust.PresentedKey;
import dev.ganger.wire.Address;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renews the certificate of an agent in the middle of its life; what does not work is tried again, as there is half a life for it. */
final class Renewal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    /** A try takes place at least so often in what is left of a life. */
    private static final int TRIES = 20;

    private final Address coordinator;
    private final PresentedKey key;
    private final CredentialFolder kept;
    private final Runnable renewed;
    private final Consumer<String> refused;
    private final Semaphore hurry = new Semaphore(0);
    private final Thread thread;

    /** Renewed is told when a new certificate is shown from now on; refused, why there will not be one. */
    Renewal(Address coordinator, PresentedKey key, CredentialFolder kept, Runnable renewed, Consumer<String> refused) {
        this.coordinator = coordinator;
        this.key = key;
        this.kept = kept;
        this.renewed = renewed;
        this.refused = refused;
        this.thread = Thread.ofPlatform().daemon().name("ganger-renewal").start(this::run);
    }

    /** The coordinator does not take the present certificate, whatever this machine's clock says. */
    void hurry() {
        hurry.release();
    }

    private void run() {
        try {
            var wait = untilDue();
            while (true) {
                var asked = hurry.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS);
                hurry.drainPermits();
                wait = (asked || untilDue().isZero()) && !renew() ? pause() : untilDue();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration untilDue() {
        var left = Duration.between(Instant.now(), key.credentials().renewAt());
        return left.isNegative() ? Duration.ZERO : left;
    }

    private Duration pause() {
        var part = Duration.between(Instant.now(), key.credentials().expiresAt()).dividedBy(TRIES);
        if (part.compareTo(SHORTEST_PAUSE) < 0) {
            return SHORTEST_PAUSE;
        }
        return part.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : part;
    }

    private boolean renew() {
        switch (Joining.renew(coordinator, key.credentials())) {
            case Joining.Answer.Welcome(var credentials) -> {
                key.show(credentials);
                keep();
                LOG.info("the certificate of {} was renewed; it is good until {}", credentials.name(), credentials.expiresAt());
                renewed.run();
                return true;
            }
            case Joining.Answer.Unknown(var why) -> refused.accept(why);
            case Joining.Answer.Refused(var refusal) -> refused.accept(refusal.why());
            case Joining.Answer.Stranger(var why) -> tryAgain(why);
            case Joining.Answer.NoAnswer(var why) -> tryAgain(why);
        }
        return false;
    }

    /** Whoever else answers at the coordinator's address does not end what runs here. */
    private void tryAgain(String why) {
        LOG.info("the certificate, which is good until {}, could not be renewed: {}; trying again",
                key.credentials().expiresAt(), why);
    }

    /** On disk for a later start; this life goes on without. */
    private void keep() {
        try {
            kept.write(key.credentials());
        } catch (IOException failure) {
            LOG.warn("the renewed certificate could not be written to {}: {}", kept.path(), failure.getMessage());
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
