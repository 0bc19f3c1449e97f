package dev.ganger.coordinator.api;

import dev.ganger.coordinator.core.Selection;
import dev.ganger.coordinator.core.Views.TaskPage;
import dev.ganger.coordinator.core.Views.TaskView;
import dev.ganger.coordinator.loop.Core;
import dev.ganger.model.Result;
import dev.ganger.model.TaskState;
import dev.ganger.proto.v1.ReadResultsRequest;
import dev.ganger.proto.v1.ReadResultsResponse;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Sends results by job as asked for, then by index. Followed, each goes as soon as those before it are there; nothing is kept here: what came
 * early is read from disk when its turn comes.
 */
final class OrderedResults {
    private static final int PAGE = 128;
    private static final Set<TaskState> FINAL = EnumSet.of(TaskState.SUCCEEDED, TaskState.FAILED, TaskState.CANCELLED);
    private static final long MILLIS_BETWEEN_LOOKS = 1_000;

    private final Core core;
    private final ReadResultsRequest request;
    private final Outgoing<ReadResultsResponse> outgoing;

    OrderedResults(Core core, ReadResultsRequest request, Outgoing<ReadResultsResponse> outgoing) {
        this.core = core;
        this.request = request;
        this.outgoing = outgoing;
    }

    void send() throws InterruptedException {
        if (request.getJobsCount() == 0) {
            throw new IllegalArgumentException("results in order are those of jobs that are named; name at least one");
        }
        for (var job : request.getJobsList()) {
            page(job, 0);
        }
        for (var job : request.getJobsList().stream().distinct().toList()) {
            sendJob(job);
        }
    }

    private TaskPage page(long job, int from) {
        // What has no result yet is passed over at once, unless it is waited for or may have results of earlier rounds.
        var states = request.getFollow() || request.getEveryRound() ? Set.<TaskState>of() : FINAL;
        var page = Statuses.await(core.read(views -> views.tasks(new Selection(job, null, states), from, PAGE)));
        if (page == null) {
            throw Statuses.noJob(job);
        }
        return page;
    }

    private void sendJob(long job) throws InterruptedException {
        for (var from = 0; from >= 0;) {
            var page = page(job, from);
            var ready = request.getFollow() ? upToUnfinished(page.tasks()) : page.tasks();
            send(job, ready);
            if (ready.size() == page.tasks().size()) {
                from = page.next();
            } else {
                from += ready.size();
                outgoing.awaitNews(MILLIS_BETWEEN_LOOKS);
            }
        }
    }

    private static List<TaskView> upToUnfinished(List<TaskView> tasks) {
        var ready = 0;
        while (ready < tasks.size() && tasks.get(ready).state().isFinal()) {
            ready++;
        }
        return tasks.subList(0, ready);
    }

    private void send(long job, List<TaskView> tasks) throws InterruptedException {
        if (tasks.isEmpty()) {
            return;
        }
        var results = new ArrayList<Result>();
        var rounds = core.everyResult(job, tasks.getFirst().id().index(), tasks.getLast().id().index());
        for (var task : tasks) {
            for (var result : rounds.getOrDefault(task.id().index(), List.of())) {
                if (request.getEveryRound() || (result.round() >= task.round() && task.state().isFinal())) {
                    results.add(result);
                }
            }
        }
        ResultMessages.send(results, request, outgoing);
    }
}
