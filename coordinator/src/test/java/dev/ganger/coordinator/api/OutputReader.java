package dev.ganger.coordinator.api;

import dev.ganger.proto.v1.OutputServiceGrpc;
import dev.ganger.proto.v1.ReadOutputRequest;
import dev.ganger.proto.v1.ReadOutputResponse;
import dev.ganger.proto.v1.Result;
import dev.ganger.proto.v1.StreamPosition;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A reader of output that keeps what it hears, and can go on after it was cut. */
final class OutputReader {
    private static final long PATIENCE_SECONDS = 30;

    private final Channel channel;
    private final ReadOutputRequest request;
    /** What was heard, in one text a stream, each byte a character. */
    final Map<String, StringBuilder> text = new LinkedHashMap<>();
    /** Pieces as "1.1#1 out 0: text", and results as "1.1 final". */
    final List<String> heard = new ArrayList<>();
    private final Map<StreamPosition, Long> ends = new LinkedHashMap<>();
    private long after;
    private CompletableFuture<Void> over = new CompletableFuture<>();
    private @Nullable ClientCallStreamObserver<?> call;

    OutputReader(Channel channel, ReadOutputRequest request) {
        this.channel = channel;
        this.request = request;
        read(request);
    }

    /** All there is, or all there will be. */
    static OutputReader all(Channel channel, ReadOutputRequest request) {
        var reader = new OutputReader(channel, request);
        reader.awaitEnd();
        return reader;
    }

    private void read(ReadOutputRequest asked) {
        over = new CompletableFuture<>();
        var end = over;
        OutputServiceGrpc.newStub(channel).readOutput(asked, new ClientResponseObserver<ReadOutputRequest, ReadOutputResponse>() {
            @Override
            public void beforeStart(ClientCallStreamObserver<ReadOutputRequest> observer) {
                call = observer;
            }

            @Override
            public void onNext(ReadOutputResponse response) {
                hear(response);
            }

            @Override
            public void onError(Throwable failure) {
                end.completeExceptionally(failure);
            }

            @Override
            public void onCompleted() {
                end.complete(null);
            }
        });
    }

    private synchronized void hear(ReadOutputResponse response) {
        if (response.hasResult()) {
            conclude(response.getResult());
            return;
        }
        var chunk = response.getChunk();
        var position = chunk.getPosition();
        var name = position.getAttempt().getIndex() + "#" + position.getAttempt().getNumber()
                + (position.getStreamValue() == 1 ? " out" : " err");
        var stream = text.computeIfAbsent(name, _ -> new StringBuilder());
        var data = chunk.getData().toString(StandardCharsets.ISO_8859_1);
        stream.append(data);
        heard.add(name + " " + position.getOffset() + ": " + data);
        ends.put(position.toBuilder().setOffset(0).build(), position.getOffset() + chunk.getData().size());
    }

    private void conclude(Result result) {
        heard.add(result.getIndex() + " final");
        after = result.getPosition();
        ends.keySet().removeIf(position -> position.getAttempt().getIndex() == result.getIndex());
    }

    synchronized String text(String stream) {
        return text.getOrDefault(stream, new StringBuilder()).toString();
    }

    /** Breaks the call off, and begins a new one where this one ended. */
    void cutAndGoOn() {
        var present = Objects.requireNonNull(call);
        present.cancel("cut", null);
        try {
            over.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException expected) {
            // It was cut.
        }
        var again = request.toBuilder().clearTail().setAfter(after);
        synchronized (this) {
            ends.forEach((position, end) -> again.addSeen(position.toBuilder().setOffset(end)));
        }
        read(again.build());
    }

    /** Throws what the call failed with. */
    void awaitEnd() {
        try {
            over.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof StatusRuntimeException status) {
                throw status;
            }
            throw failure;
        }
    }

    /** Waits until this was heard. */
    void await(BooleanSupplier condition) {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            synchronized (this) {
                if (condition.getAsBoolean()) {
                    return;
                }
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("heard only " + heard);
            }
            Thread.onSpinWait();
        }
    }

    void awaitText(String stream, String expected) {
        await(() -> text(stream).equals(expected));
    }
}
