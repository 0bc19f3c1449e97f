package dev.ganger.coordinator.api;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The answers of a streaming call, sent from a virtual thread of its own at the pace at which the client reads. */
final class Outgoing<T> {
    /** Who follows and reads nothing for so long is cut off; it can go on where it stopped. */
    static final Duration READER_PATIENCE = Duration.ofSeconds(30);

    private final ServerCallStreamObserver<T> observer;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean ended;
    private boolean news;

    /** What makes the answers. */
    @FunctionalInterface
    interface Producer<T> {
        void produce(Outgoing<T> outgoing) throws InterruptedException;
    }

    /** To be made in the call's own method, before it returns. */
    Outgoing(StreamObserver<T> observer) {
        this(observer, READER_PATIENCE);
    }

    private Outgoing(StreamObserver<T> observer, Duration patience) {
        this.observer = (ServerCallStreamObserver<T>) observer;
        this.patience = patience;
        this.observer.setOnReadyHandler(this::signal);
        this.observer.setOnCancelHandler(this::end);
    }

    /** Runs the producer, then completes the call, or fails it. Its client may read as slowly as it likes: it holds up only itself. */
    static <T> void serve(StreamObserver<T> observer, Producer<T> producer) {
        new Outgoing<>(observer, Duration.ofNanos(Long.MAX_VALUE)).start(producer);
    }

    /** The same for a client that hears what happens, and must not stop to listen. */
    static <T> void follow(StreamObserver<T> observer, Producer<T> producer) {
        new Outgoing<>(observer).start(producer);
    }

    void start(Producer<T> producer) {
        Thread.ofVirtual().start(() -> {
            try {
                producer.produce(this);
                observer.onCompleted();
            } catch (CancellationException | InterruptedException _) {
                fail(Status.CANCELLED);
            } catch (RuntimeException failure) {
                fail(Statuses.of(failure));
            }
        });
    }

    private void fail(Status status) {
        if (!observer.isCancelled()) {
            observer.onError(status.asRuntimeException());
        }
    }

    /** Sends when the client is ready for more; throws CancellationException if it has left. */
    void send(T message) throws InterruptedException {
        lock.lock();
        try {
            var left = patience.toNanos();
            while (!observer.isReady()) {
                check();
                if (left <= 0) {
                    throw Status.UNAVAILABLE.withDescription(
                            "nothing was read for %d s, so this call is over; call again from where it stopped"
                                    .formatted(patience.toSeconds()))
                            .asRuntimeException();
                }
                left = changed.awaitNanos(left);
            }
            check();
        } finally {
            lock.unlock();
        }
        observer.onNext(message);
    }

    /** Says that there is something new to look at; never blocks for long. */
    void signal() {
        lock.lock();
        try {
            news = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for news since the last call, at most so long; false if there was none. */
    boolean awaitNews(long millis) throws InterruptedException {
        lock.lock();
        try {
            var left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (!news && left > 0) {
                check();
                left = changed.awaitNanos(left);
            }
            check();
            var was = news;
            news = false;
            return was;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the client has left. */
    boolean hasEnded() {
        return observer.isCancelled();
    }

    private void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void check() {
        if (ended || observer.isCancelled()) {
            throw new CancellationException("the client has left");
        }
    }
}
