package dev.ganger.coordinator.api;

import dev.ganger.coordinator.core.Command;
import dev.ganger.coordinator.loop.Core;
import dev.ganger.coordinator.loop.Topic;
import dev.ganger.model.Result;
import dev.ganger.proto.v1.TakeDone;
import dev.ganger.proto.v1.TakeResultRequest;
import dev.ganger.proto.v1.TakeResultResponse;
import dev.ganger.proto.v1.TakeStart;
import dev.ganger.wire.FromWire;
import dev.ganger.wire.ViewsToWire;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One taking of a result: hands it out, waits until the client has made use of it, then moves the cursor. */
final class TakeCall implements StreamObserver<TakeResultRequest> {
    private static final long MILLIS_BETWEEN_LOOKS = 1_000;
    private static final long FOR_EVER = Long.MAX_VALUE / 2;

    private final Core core;
    private final Consumers consumers;
    private final Outgoing<TakeResultResponse> outgoing;
    private final AtomicLong acknowledged = new AtomicLong();
    private boolean started;

    TakeCall(Core core, Consumers consumers, StreamObserver<TakeResultResponse> answers) {
        this.core = core;
        this.consumers = consumers;
        this.outgoing = new Outgoing<>(answers);
    }

    @Override
    public void onNext(TakeResultRequest request) {
        switch (request.getMessageCase()) {
            case START -> {
                if (!started) {
                    started = true;
                    outgoing.start(_ -> take(request.getStart()));
                }
            }
            case ACKNOWLEDGE -> {
                acknowledged.set(request.getAcknowledge().getPosition());
                outgoing.signal();
            }
            case MESSAGE_NOT_SET -> {
            }
        }
    }

    @Override
    public void onError(Throwable failure) {
        // The cancel handler of the answers ends the waiting.
    }

    @Override
    public void onCompleted() {
        // A client that leaves without acknowledging cancels the call; one that half-closes early may still read.
    }

    private void take(TakeStart start) throws InterruptedException {
        var consumer = ResultApi.consumer(start.getConsumer());
        var patience = start.hasWait() ? FromWire.duration(start.getWait()).toMillis() : FOR_EVER;
        var deadline = start.hasWait() ? now() + patience : FOR_EVER;
        waitForTurn(consumer, deadline);
        try (var _ = core.watch(new Topic.Results(), _ -> outgoing.signal())) {
            var result = next(consumer, deadline);
            outgoing.send(TakeResultResponse.newBuilder().setResult(ViewsToWire.result(result))
                    .setMissed(result.position() - ResultApi.cursor(core, consumer)).build());
            while (acknowledged.get() != result.position()) {
                outgoing.awaitNews(MILLIS_BETWEEN_LOOKS);
            }
            Statuses.reply(core.execute(new Command.MoveCursor(consumer, result.position() + 1)));
            outgoing.send(TakeResultResponse.newBuilder()
                    .setDone(TakeDone.newBuilder().setNext(result.position() + 1)).build());
        } finally {
            consumers.release(consumer);
        }
    }

    /** Looks now and then whether the client is still there. */
    private void waitForTurn(String consumer, long deadline) throws InterruptedException {
        while (!consumers.acquire(consumer, Math.clamp(deadline - now(), 0, MILLIS_BETWEEN_LOOKS))) {
            outgoing.awaitNews(0);
            if (now() >= deadline) {
                throw empty();
            }
        }
    }

    private Result next(String consumer, long deadline) throws InterruptedException {
        while (true) {
            var found = lookUp(consumer);
            if (found != null) {
                return found;
            }
            if (now() >= deadline) {
                throw empty();
            }
            outgoing.awaitNews(Math.clamp(deadline - now(), 1, MILLIS_BETWEEN_LOOKS));
        }
    }

    private @Nullable Result lookUp(String consumer) {
        var page = core.results(ResultApi.cursor(core, consumer), 1);
        return page.isEmpty() ? null : page.getFirst();
    }

    private static RuntimeException empty() {
        return Status.DEADLINE_EXCEEDED.withDescription("the done queue has no result for this consumer").asRuntimeException();
    }

    private static long now() {
        return System.nanoTime() / 1_000_000;
    }
}
