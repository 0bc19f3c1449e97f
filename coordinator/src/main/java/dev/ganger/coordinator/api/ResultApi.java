package dev.ganger.coordinator.api;

import dev.ganger.coordinator.core.Command;
import dev.ganger.coordinator.core.Views;
import dev.ganger.coordinator.loop.Core;
import dev.ganger.coordinator.loop.Topic;
import dev.ganger.model.Limits;
import dev.ganger.proto.v1.MoveCursorRequest;
import dev.ganger.proto.v1.MoveCursorResponse;
import dev.ganger.proto.v1.ReadResultsRequest;
import dev.ganger.proto.v1.ReadResultsResponse;
import dev.ganger.proto.v1.ResultServiceGrpc;
import dev.ganger.proto.v1.TakeResultRequest;
import dev.ganger.proto.v1.TakeResultResponse;
import dev.ganger.wire.ViewsToWire;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.HashSet;
import java.util.Set;

/** Serves the done queue. */
final class ResultApi extends ResultServiceGrpc.ResultServiceImplBase {
    /** Small, as a result may bring 128 KiB of output. */
    private static final int PAGE = 32;
    private static final long MILLIS_BETWEEN_LOOKS = 1_000;

    private final Core core;
    private final Consumers consumers = new Consumers();

    ResultApi(Core core) {
        this.core = core;
    }

    @Override
    public void readResults(ReadResultsRequest request, StreamObserver<ReadResultsResponse> answers) {
        Outgoing.serve(answers, outgoing -> {
            try (var _ = core.watch(new Topic.Results(), _ -> outgoing.signal())) {
                var jobs = new HashSet<>(request.getJobsList());
                requireJobs(jobs);
                requireKept(request.getFrom());
                var from = Math.max(request.getFrom(), jobs.stream().mapToLong(core::firstResult).min().orElse(1));
                while (true) {
                    var last = !request.getFollow() || (!jobs.isEmpty() && allFinished(jobs));
                    from = sendUpToEnd(outgoing, request, jobs, from);
                    if (last) {
                        return;
                    }
                    outgoing.awaitNews(MILLIS_BETWEEN_LOOKS);
                }
            }
        });
    }

    private void requireJobs(Set<Long> jobs) {
        for (var job : jobs) {
            if (Statuses.await(core.read(views -> views.job(job))) == null) {
                throw Statuses.noJob(job);
            }
        }
    }

    private void requireKept(long from) {
        var first = core.firstResult();
        if (from > 0 && from < first) {
            throw Status.OUT_OF_RANGE.withDescription("results before position %d are no longer kept; begin there, not at %d"
                    .formatted(first, from)).asRuntimeException();
        }
    }

    private boolean allFinished(Set<Long> jobs) {
        return Statuses.await(core.read(views -> jobs.stream().allMatch(id -> {
            var job = views.job(id);
            return job == null || job.state().isFinal();
        })));
    }

    private long sendUpToEnd(Outgoing<ReadResultsResponse> outgoing, ReadResultsRequest request, Set<Long> jobs, long start)
            throws InterruptedException {
        var from = start;
        while (true) {
            var page = core.results(from, PAGE);
            if (page.isEmpty()) {
                return from;
            }
            var wanted = page.stream().filter(result -> jobs.isEmpty() || jobs.contains(result.task().job())).toList();
            if (!wanted.isEmpty()) {
                var response = ReadResultsResponse.newBuilder();
                wanted.forEach(result -> response.addResults(
                        ViewsToWire.result(request.getWithOutput() ? result : result.withoutOutput())));
                outgoing.send(response.build());
            }
            from = page.getLast().position() + 1;
        }
    }

    @Override
    public StreamObserver<TakeResultRequest> takeResult(StreamObserver<TakeResultResponse> answers) {
        return new TakeCall(core, consumers, answers);
    }

    @Override
    public void moveCursor(MoveCursorRequest request, StreamObserver<MoveCursorResponse> answer) {
        Unary.serve(answer, () -> {
            Statuses.reply(core.execute(new Command.MoveCursor(consumer(request.getConsumer()), request.getNext())));
            return MoveCursorResponse.getDefaultInstance();
        });
    }

    static String consumer(String name) {
        if (name.isBlank() || name.length() > Limits.NAME_LENGTH) {
            throw new IllegalArgumentException("a consumer has a name of 1 to %d characters".formatted(Limits.NAME_LENGTH));
        }
        return name;
    }

    static long cursor(Core core, String consumer) {
        return Statuses.await(core.read((Views views) -> views.cursor(consumer)));
    }
}
