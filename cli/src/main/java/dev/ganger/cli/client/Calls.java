package dev.ganger.cli.client;

import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import java.util.function.Predicate;

/** Makes calls on the calling thread and turns what goes wrong into failures. */
final class Calls {
    private final Failures failures;

    Calls(Failures failures) {
        this.failures = failures;
    }

    /** One question, one answer. */
    <T> T ask(Question<T> question) {
        try {
            return question.ask();
        } catch (StatusException problem) {
            throw failures.of(problem);
        } catch (InterruptedException problem) {
            throw Failures.interrupted(problem);
        } catch (IllegalArgumentException broken) {
            throw failures.broken("gave an answer that makes no sense (" + broken.getMessage() + ")");
        }
    }

    /** Each answer of a stream, until it ends or {@code wanted} says no. */
    <T> void each(BlockingClientCall<?, T> call, Predicate<T> wanted) throws StatusException, InterruptedException {
        var ended = false;
        try {
            for (var next = call.read(); next != null; next = call.read()) {
                if (!wanted.test(next)) {
                    return;
                }
            }
            ended = true;
        } finally {
            if (!ended) {
                call.cancel("the client has seen enough", null);
            }
        }
    }

    /** What is asked. */
    interface Question<T> {
        T ask() throws StatusException, InterruptedException;
    }
}
