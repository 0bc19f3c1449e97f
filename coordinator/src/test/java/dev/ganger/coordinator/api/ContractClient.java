package dev.ganger.coordinator.api;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import dev.ganger.proto.v1.Argument;
import dev.ganger.proto.v1.EachEntry;
import dev.ganger.proto.v1.EntryChunk;
import dev.ganger.proto.v1.IndexRange;
import dev.ganger.proto.v1.Indices;
import dev.ganger.proto.v1.JobServiceGrpc;
import dev.ganger.proto.v1.JobSpec;
import dev.ganger.proto.v1.Piece;
import dev.ganger.proto.v1.ReadResultsRequest;
import dev.ganger.proto.v1.Result;
import dev.ganger.proto.v1.ResultServiceGrpc;
import dev.ganger.proto.v1.SubmitHeader;
import dev.ganger.proto.v1.SubmitRequest;
import dev.ganger.proto.v1.SubmitResponse;
import dev.ganger.proto.v1.TakeAcknowledge;
import dev.ganger.proto.v1.TakeResultRequest;
import dev.ganger.proto.v1.TakeResultResponse;
import dev.ganger.proto.v1.TakeStart;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** A client written only from the contract. */
final class ContractClient {
    private static final long PATIENCE_SECONDS = 30;
    private final Channel channel;

    ContractClient(Channel channel) {
        this.channel = channel;
    }

    static JobSpec spec(String... arguments) {
        var spec = JobSpec.newBuilder().setGrace(Duration.newBuilder().setSeconds(10));
        Arrays.stream(arguments).forEach(argument -> spec.addArguments(
                Argument.newBuilder().addPieces(Piece.newBuilder().setLiteral(ByteString.copyFromUtf8(argument)))));
        return spec.build();
    }

    static SubmitHeader array(JobSpec spec, long last) {
        return SubmitHeader.newBuilder().setSpec(spec).setArray(Indices.newBuilder()
                .addRanges(IndexRange.newBuilder().setFirst(1).setLast(last).setStep(1))).build();
    }

    static SubmitHeader eachEntry(JobSpec spec) {
        return SubmitHeader.newBuilder().setSpec(spec).setEachEntry(EachEntry.getDefaultInstance()).build();
    }

    /** All answers; throws the status if it is refused. */
    List<SubmitResponse> submit(SubmitHeader header, List<List<ByteString>> chunks) {
        var answers = new Collector<SubmitResponse>();
        var requests = JobServiceGrpc.newStub(channel).submit(answers);
        requests.onNext(SubmitRequest.newBuilder().setHeader(header).build());
        chunks.forEach(chunk -> requests
                .onNext(SubmitRequest.newBuilder().setEntries(EntryChunk.newBuilder().addAllEntries(chunk)).build()));
        requests.onCompleted();
        return answers.all();
    }

    long submitted(SubmitHeader header) {
        return submit(header, List.of()).getLast().getAccepted().getJob();
    }

    List<Result> results(long job) {
        var results = new ArrayList<Result>();
        ResultServiceGrpc.newBlockingStub(channel).withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .readResults(ReadResultsRequest.newBuilder().addJobs(job).setFollow(true).setWithOutput(true).build())
                .forEachRemaining(page -> results.addAll(page.getResultsList()));
        return results;
    }

    /** Takes a result; makes use of it only if told to. */
    Result take(String consumer, boolean acknowledge) {
        var taken = new CompletableFuture<Result>();
        var done = new CompletableFuture<Void>();
        var answers = new StreamObserver<TakeResultResponse>() {
            @Override
            public void onNext(TakeResultResponse response) {
                if (response.hasResult()) {
                    taken.complete(response.getResult());
                }
            }

            @Override
            public void onError(Throwable failure) {
                taken.completeExceptionally(failure);
                done.complete(null);
            }

            @Override
            public void onCompleted() {
                done.complete(null);
            }
        };
        var requests = ResultServiceGrpc.newStub(channel).takeResult(answers);
        requests.onNext(TakeResultRequest.newBuilder().setStart(TakeStart.newBuilder().setConsumer(consumer)).build());
        var result = taken.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        if (acknowledge) {
            requests.onNext(TakeResultRequest.newBuilder()
                    .setAcknowledge(TakeAcknowledge.newBuilder().setPosition(result.getPosition())).build());
        } else {
            requests.onError(Status.CANCELLED.asRuntimeException());
        }
        done.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        return result;
    }

    /** Keeps what comes until the call ends. */
    private static final class Collector<T> implements StreamObserver<T> {
        private final List<T> messages = new ArrayList<>();
        private final CompletableFuture<Void> end = new CompletableFuture<>();

        List<T> all() {
            try {
                end.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
            } catch (CompletionException failure) {
                if (failure.getCause() instanceof StatusRuntimeException status) {
                    throw status;
                }
                throw failure;
            }
            return messages;
        }

        @Override
        public void onNext(T message) {
            messages.add(message);
        }

        @Override
        public void onError(Throwable failure) {
            end.completeExceptionally(failure);
        }

        @Override
        public void onCompleted() {
            end.complete(null);
        }
    }
}
