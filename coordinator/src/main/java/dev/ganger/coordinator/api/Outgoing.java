package dev.ganger.coordinator.api;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The answers of a streaming call, sent from a virtual thread of its own at the pace at which the client reads. */
final class Outgoing<T> {
    private final ServerCallStreamObserver<T> observer;
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
        this.observer = (ServerCallStreamObserver<T>) observer;
        this.observer.setOnReadyHandler(this::signal);
        this.observer.setOnCancelHandler(this::end);
    }

    /** Runs the producer, then completes the call, or fails it. */
    static <T> void serve(StreamObserver<T> observer, Producer<T> producer) {
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
            while (!observer.isReady()) {
                check();
                changed.await();
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
