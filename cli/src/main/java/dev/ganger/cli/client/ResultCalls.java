package dev.ganger.cli.client;

import dev.ganger.model.Result;
import dev.ganger.proto.v1.MoveCursorRequest;
import dev.ganger.proto.v1.ResultServiceGrpc;
import dev.ganger.proto.v1.ResultServiceGrpc.ResultServiceBlockingV2Stub;
import dev.ganger.wire.ViewsFromWire;
import io.grpc.StatusException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is asked of the done queue. */
public final class ResultCalls {
    private final Connection connection;
    private final Calls calls;
    private final Failures failures;

    ResultCalls(Connection connection, Calls calls, Failures failures) {
        this.connection = connection;
        this.calls = calls;
        this.failures = failures;
    }

    /** Results in the order that was asked for, each once; false if the time was over first. */
    public boolean read(ResultQuery query, Consumer<List<Result>> use) {
        var deadline = Deadline.after(query.timeout());
        var place = new ReadPlace(query);
        Calls.Question<Boolean> read = () -> {
            try {
                calls.each(deadline.on(stub()).readResults(place.request()), some -> {
                    var results = place.fresh(some.getResultsList().stream().map(ViewsFromWire::result).toList());
                    use.accept(results);
                    place.used(results);
                    return true;
                });
                return true;
            } catch (StatusException problem) {
                return deadline.notInTime(problem);
            }
        };
        return query.follow() ? calls.ask(deadline, read) : calls.askOnce(read);
    }

    /** Hands the next result of a consumer to {@code use}; moves its cursor afterwards if it is to be acknowledged. */
    public void take(String consumer, @Nullable Duration wait, boolean acknowledge, Consumer<Taken> use) {
        calls.askOnce(() -> {
            new TakeCall(stub(), failures).take(consumer, wait, acknowledge, use);
            return true;
        });
    }

    /** Sets the position a consumer reads next. */
    public void moveCursor(String consumer, long next) {
        calls.ask(() -> Calls.soon(stub())
                .moveCursor(MoveCursorRequest.newBuilder().setConsumer(consumer).setNext(next).build()));
    }

    private ResultServiceBlockingV2Stub stub() {
        return ResultServiceGrpc.newBlockingV2Stub(connection.channel());
    }
}
