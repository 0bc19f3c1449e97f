package dev.ganger.cli.client;

import dev.ganger.proto.v1.ControlServiceGrpc;
import dev.ganger.proto.v1.GetStatusRequest;
import dev.ganger.wire.Channels;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.StatusException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The connection to the coordinator, and a new one when it breaks after it had worked: the one place that tries again. */
final class Connection implements AutoCloseable {
    private static final long FIRST_PAUSE_NANOS = Duration.ofMillis(100).toNanos();
    private static final long LONGEST_PAUSE_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long LEAST_ANSWER_NANOS = Duration.ofSeconds(1).toNanos();
    /** How long a coordinator that was reached may take to say something. */
    private static final long ANSWER_NANOS = Duration.ofSeconds(10).toNanos();

    private final Destination coordinator;
    private final Reconnect reconnect;
    private ManagedChannel channel;
    private boolean greeted;
    private boolean worked;
    private boolean lost;
    private boolean saidThatItIsBack;
    private long callNanos;
    private long lostNanos;
    private long pauseNanos;

    Connection(Destination coordinator, Reconnect reconnect) {
        this.coordinator = coordinator;
        this.reconnect = reconnect;
        this.channel = open();
    }

    private ManagedChannel open() {
        return Channels.openBriefly(coordinator.address(), coordinator.trust());
    }

    Channel channel() {
        return channel;
    }

    /** A call begins. */
    void begin() throws InterruptedException {
        callNanos = System.nanoTime();
        greeted = greeted || Greeting.await(channel, coordinator);
    }

    Destination coordinator() {
        return coordinator;
    }

    /** What answers has spoken as a coordinator does. */
    boolean greeted() {
        return greeted;
    }

    /** The other side said something. */
    void heard() {
        worked = true;
        lost = false;
    }

    /**
     * After a call that broke: waits until the coordinator answers again, or the deadline of the call is over. False if nobody
     * asked for that, or it was never there; fails when it did not come back.
     */
    boolean restore(Deadline deadline) throws InterruptedException {
        if (!worked || reconnect.patience().isZero()) {
            return false;
        }
        lose();
        while (!deadline.isOver()) {
            var left = reconnect.patience().toNanos() - (System.nanoTime() - lostNanos);
            if (left <= 0) {
                throw new Failure(Failure.Kind.UNREACHABLE,
                        "lost the coordinator at " + coordinator + ", and it did not come back for " + reconnect.length());
            }
            TimeUnit.NANOSECONDS.sleep(Math.min(Math.min(pauseNanos, left), deadline.leftNanos()));
            pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
            if (!deadline.isOver() && answers(Math.min(answerNanos(left), deadline.leftNanos()))) {
                sayThatItIsBack();
                return true;
            }
        }
        return true;
    }

    private static long answerNanos(long left) {
        return Math.clamp(left, LEAST_ANSWER_NANOS, ANSWER_NANOS);
    }

    /** A call that broke at once, after the coordinator had answered, belongs to the same loss. */
    private void lose() {
        if (lost && System.nanoTime() - callNanos < LONGEST_PAUSE_NANOS) {
            return;
        }
        lost = true;
        saidThatItIsBack = false;
        lostNanos = System.nanoTime();
        pauseNanos = FIRST_PAUSE_NANOS;
        reconnect.note().accept("lost the coordinator at " + coordinator + "; trying again for " + reconnect.length());
    }

    private void sayThatItIsBack() {
        if (!saidThatItIsBack) {
            saidThatItIsBack = true;
            reconnect.note().accept("the coordinator is back");
        }
    }

    /** Asks on a new channel: the old one would wait longer and longer before it connects. */
    private boolean answers(long nanos) throws InterruptedException {
        var fresh = open();
        var answered = false;
        try {
            ControlServiceGrpc.newBlockingV2Stub(fresh).withDeadlineAfter(nanos, TimeUnit.NANOSECONDS)
                    .getStatus(GetStatusRequest.getDefaultInstance());
            answered = true;
        } catch (StatusException problem) {
            answered = !Failures.silent(problem);
        } finally {
            (answered ? channel : fresh).shutdownNow();
        }
        if (answered) {
            channel = fresh;
        }
        return answered;
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
