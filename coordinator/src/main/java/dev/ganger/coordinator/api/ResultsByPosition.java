package dev.ganger.coordinator.api;

import dev.ganger.coordinator.core.Views;
import dev.ganger.coordinator.loop.Core;
import dev.ganger.model.Result;
import dev.ganger.proto.v1.ReadResultsRequest;
import dev.ganger.proto.v1.ReadResultsResponse;
import io.grpc.Status;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Sends results in the order in which they were recorded. */
final class ResultsByPosition {
    private static final long MILLIS_BETWEEN_LOOKS = 1_000;

    private final Core core;
    private final ReadResultsRequest request;
    private final Outgoing<ReadResultsResponse> outgoing;
    private final Set<Long> jobs;

    ResultsByPosition(Core core, ReadResultsRequest request, Outgoing<ReadResultsResponse> outgoing) {
        this.core = core;
        this.request = request;
        this.outgoing = outgoing;
        this.jobs = new HashSet<>(request.getJobsList());
    }

    void send() throws InterruptedException {
        requireJobs();
        requireKept(request.getFrom());
        var from = Math.max(request.getFrom(), jobs.stream().mapToLong(core::firstResult).min().orElse(1));
        while (true) {
            var last = !request.getFollow() || (!jobs.isEmpty() && allFinished());
            from = sendUpToEnd(from);
            if (last) {
                return;
            }
            outgoing.awaitNews(MILLIS_BETWEEN_LOOKS);
        }
    }

    private void requireJobs() {
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

    private boolean allFinished() {
        return Statuses.await(core.read(views -> jobs.stream().allMatch(id -> {
            var job = views.job(id);
            return job == null || job.state().isFinal();
        })));
    }

    private long sendUpToEnd(long start) throws InterruptedException {
        var from = start;
        var retried = request.getEveryRound() ? Set.<Long>of() : Statuses.await(core.read(Views::retriedJobs));
        while (true) {
            var page = core.results(from, ResultMessages.PAGE);
            if (page.isEmpty()) {
                return from;
            }
            ResultMessages.send(newest(page.stream().filter(this::isWanted).toList(), retried), request, outgoing);
            from = page.getLast().position() + 1;
        }
    }

    private boolean isWanted(Result result) {
        return jobs.isEmpty() || jobs.contains(result.task().job());
    }

    /** Without those of tasks that began another round. */
    private List<Result> newest(List<Result> results, Set<Long> retried) {
        return results.stream().noneMatch(result -> retried.contains(result.task().job()))
                ? results
                : Statuses.await(core.read(views -> views.newest(results)));
    }
}
