package dev.ganger.cli.client;

import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.AbstractBlockingStub;
import io.grpc.stub.BlockingClientCall;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Makes calls on the calling thread and turns what goes wrong into failures; where it is asked for, it tries again. */
final class Calls {
    private static final int ANSWER_SECONDS = 60;

    private final Failures failures;
    private final Connection connection;

    Calls(Failures failures, Connection connection) {
        this.failures = failures;
        this.connection = connection;
    }

    /** For a question that is answered without waiting for anything. */
    static <S extends AbstractBlockingStub<S>> S soon(S stub) {
        return stub.withDeadlineAfter(ANSWER_SECONDS, TimeUnit.SECONDS);
    }

    /** One question, one answer; it may be asked again. */
    <T> T ask(Question<T> question) {
        return ask(Deadline.NONE, question);
    }

    /** The same until a deadline, which the question must keep. */
    <T> T ask(Deadline deadline, Question<T> question) {
        try {
            while (true) {
                try {
                    return answer(question);
                } catch (StatusException problem) {
                    if (!Failures.lost(problem) || !connection.restore(deadline)) {
                        throw failure(problem);
                    }
                }
            }
        } catch (InterruptedException problem) {
            throw Failures.interrupted(problem);
        }
    }

    /** A question that cannot be asked twice. */
    <T> T askOnce(Question<T> question) {
        try {
            return answer(question);
        } catch (StatusException problem) {
            throw explained(problem);
        } catch (InterruptedException problem) {
            throw Failures.interrupted(problem);
        }
    }

    private Failure failure(StatusException problem) throws InterruptedException {
        if (problem.getStatus().getCode() == Status.Code.UNIMPLEMENTED) {
            return failures.broken("does not know this request", Peer.advice(connection.channel()));
        }
        return connection.greeted() ? failures.of(problem) : failures.strange(problem);
    }

    private Failure explained(StatusException problem) {
        try {
            return failure(problem);
        } catch (InterruptedException interrupted) {
            return Failures.interrupted(interrupted);
        }
    }

    private <T> T answer(Question<T> question) throws StatusException, InterruptedException {
        try {
            connection.begin();
            var answer = question.ask();
            connection.heard();
            return answer;
        } catch (IllegalArgumentException broken) {
            throw failures.broken("gave an answer that makes no sense here (" + broken.getMessage() + ")",
                    Peer.advice(connection.channel()));
        }
    }

    /** Each answer of a stream, until it ends or {@code wanted} says no. */
    <T> void each(BlockingClientCall<?, T> call, Predicate<T> wanted) throws StatusException, InterruptedException {
        var ended = false;
        try {
            for (var next = call.read(); next != null; next = call.read()) {
                connection.heard();
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
