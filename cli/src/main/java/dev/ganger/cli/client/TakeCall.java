package dev.ganger.cli.client;

import dev.ganger.cli.client.Failure.Kind;
import dev.ganger.proto.v1.ResultServiceGrpc.ResultServiceBlockingV2Stub;
import dev.ganger.proto.v1.TakeAcknowledge;
import dev.ganger.proto.v1.TakeResultRequest;
import dev.ganger.proto.v1.TakeResultResponse;
import dev.ganger.proto.v1.TakeStart;
import dev.ganger.wire.ToWire;
import dev.ganger.wire.ViewsFromWire;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes the next result of a consumer: it is used first and acknowledged then, so none is lost on the way. */
final class TakeCall {
    private final ResultServiceBlockingV2Stub results;
    private final Failures failures;

    TakeCall(ResultServiceBlockingV2Stub results, Failures failures) {
        this.results = results;
        this.failures = failures;
    }

    void take(String consumer, @Nullable Duration wait, boolean acknowledge, Consumer<Taken> use)
            throws StatusException, InterruptedException {
        var call = results.takeResult();
        var done = false;
        try {
            call.write(TakeResultRequest.newBuilder().setStart(start(consumer, wait)).build());
            var taken = read(call, consumer, wait);
            use.accept(taken);
            if (acknowledge) {
                acknowledge(call, taken.result().position());
                done = true;
            }
        } finally {
            if (!done) {
                call.cancel("not acknowledged", null);
            }
        }
    }

    private static TakeStart start(String consumer, @Nullable Duration wait) {
        var start = TakeStart.newBuilder().setConsumer(consumer);
        if (wait != null) {
            start.setWait(ToWire.duration(wait));
        }
        return start.build();
    }

    private Taken read(BlockingClientCall<TakeResultRequest, TakeResultResponse> call, String consumer,
            @Nullable Duration wait) throws StatusException, InterruptedException {
        try {
            var answer = call.read();
            if (answer == null || !answer.hasResult()) {
                throw failures.broken("gave no result");
            }
            return new Taken(ViewsFromWire.result(answer.getResult()), answer.getMissed());
        } catch (StatusException problem) {
            if (wait == null || problem.getStatus().getCode() != Status.Code.DEADLINE_EXCEEDED) {
                throw problem;
            }
            throw new Failure(wait.isZero() ? Kind.QUEUE_EMPTY : Kind.TIMEOUT,
                    "no result for the consumer '" + consumer + "' " + (wait.isZero() ? "now" : "in time")
                            + "; without --no-wait and --timeout the call waits for one",
                    problem);
        }
    }

    private void acknowledge(BlockingClientCall<TakeResultRequest, TakeResultResponse> call, long position)
            throws StatusException, InterruptedException {
        call.write(TakeResultRequest.newBuilder()
                .setAcknowledge(TakeAcknowledge.newBuilder().setPosition(position))
                .build());
        call.halfClose();
        var answer = call.read();
        if (answer == null || !answer.hasDone()) {
            throw failures.broken("did not confirm that position " + position + " was taken");
        }
    }
}
