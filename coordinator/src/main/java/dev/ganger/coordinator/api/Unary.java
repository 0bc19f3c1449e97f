package dev.ganger.coordinator.api;

import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;

/** A call with one answer, made on the virtual thread of the call. */
final class Unary {
    private Unary() {}

    static <T> void serve(StreamObserver<T> observer, Supplier<T> answer) {
        T made;
        try {
            made = answer.get();
        } catch (RuntimeException failure) {
            observer.onError(Statuses.of(failure).asRuntimeException());
            return;
        }
        observer.onNext(made);
        observer.onCompleted();
    }
}
