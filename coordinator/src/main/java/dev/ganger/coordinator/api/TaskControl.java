package dev.ganger.coordinator.api;

import dev.ganger.coordinator.core.Command;
import dev.ganger.coordinator.core.Selection;
import dev.ganger.coordinator.loop.Core;
import dev.ganger.model.IndexRange;
import dev.ganger.model.Limits;
import dev.ganger.model.Result;
import dev.ganger.model.TaskState;
import dev.ganger.proto.v1.CancelJobRequest;
import dev.ganger.proto.v1.CancelJobResponse;
import dev.ganger.proto.v1.HoldJobRequest;
import dev.ganger.proto.v1.HoldJobResponse;
import dev.ganger.proto.v1.Indices;
import dev.ganger.proto.v1.ReleaseJobRequest;
import dev.ganger.proto.v1.ReleaseJobResponse;
import dev.ganger.proto.v1.RetryJobRequest;
import dev.ganger.proto.v1.RetryJobResponse;
import dev.ganger.wire.FromWire;
import dev.ganger.wire.ViewsFromWire;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What people ask of tasks, from the wire to the core: cancel, hold, release, retry. */
final class TaskControl {
    private static final Set<TaskState> RETRIED = EnumSet.of(TaskState.FAILED, TaskState.CANCELLED);

    private final Core core;
    private final TaskPages pages;

    TaskControl(Core core, TaskPages pages) {
        this.core = core;
        this.pages = pages;
    }

    CancelJobResponse cancel(CancelJobRequest request) {
        var tasks = selection(request.getJob(), request.hasIndices(), request.getIndices(), request.getStatesList());
        var counts = Statuses.reply(core.execute(new Command.Cancel(tasks, reason(request.getReason()))));
        return CancelJobResponse.newBuilder().setCancelled(counts.cancelled()).setEnding(counts.ending()).build();
    }

    HoldJobResponse hold(HoldJobRequest request) {
        var tasks = selection(request.getJob(), request.hasIndices(), request.getIndices(), request.getStatesList());
        var counts = Statuses.reply(core.execute(new Command.Hold(tasks, reason(request.getReason()))));
        return HoldJobResponse.newBuilder().setHeld(counts.held()).setRunning(counts.running()).build();
    }

    ReleaseJobResponse release(ReleaseJobRequest request) {
        var tasks = selection(request.getJob(), request.hasIndices(), request.getIndices(), List.of());
        var released = Statuses.reply(core.execute(new Command.Release(tasks))).tasks();
        return ReleaseJobResponse.newBuilder().setReleased(released).build();
    }

    RetryJobResponse retry(RetryJobRequest request) {
        var tasks = selection(request.getJob(), request.hasIndices(), request.getIndices(), request.getStatesList());
        var reason = reason(request.getReason());
        var retried = 0L;
        for (var part : request.getAgent().isEmpty() ? List.of(tasks) : lastOn(request.getAgent(), tasks)) {
            retried += Statuses.reply(core.execute(new Command.Retry(part, reason))).tasks();
        }
        return RetryJobResponse.newBuilder().setRetried(retried).build();
    }

    private static String reason(String reason) {
        if (reason.length() > Limits.STRING_BYTES) {
            throw new IllegalArgumentException("a reason must be shorter than %d characters, and this one has %d"
                    .formatted(Limits.STRING_BYTES, reason.length()));
        }
        return reason;
    }

    static Selection selection(long job, boolean some, Indices indices, List<dev.ganger.proto.v1.TaskState> states) {
        var wanted = EnumSet.noneOf(TaskState.class);
        states.forEach(state -> wanted.add(ViewsFromWire.state(state)));
        return new Selection(job, some ? FromWire.indices(indices) : null, wanted);
    }

    /** Those of the tasks whose last attempt ran on an agent, in parts that one command can name. */
    private List<Selection> lastOn(String agent, Selection tasks) {
        var wanted = tasks.states().isEmpty() ? new Selection(tasks.job(), tasks.indices(), RETRIED) : tasks;
        var found = new ArrayList<IndexRange>();
        try {
            pages.eachView(wanted, page -> {
                for (var run : TaskPages.runs(page)) {
                    var results = core.results(tasks.job(), run.getFirst().id().index(), run.getLast().id().index());
                    for (var view : run) {
                        var result = results.get(view.id().index());
                        if (result != null && lastAgent(result).equals(agent)) {
                            add(view.id().index(), found);
                        }
                    }
                }
            });
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw Status.CANCELLED.withDescription("interrupted").asRuntimeException();
        }
        var parts = new ArrayList<Selection>();
        for (var from = 0; from < found.size(); from += Limits.RANGES) {
            var part = found.subList(from, Math.min(found.size(), from + Limits.RANGES));
            parts.add(new Selection(tasks.job(), new dev.ganger.model.Indices(part), tasks.states()));
        }
        return parts;
    }

    private static String lastAgent(Result result) {
        return result.agent().isEmpty() && !result.earlier().isEmpty()
                ? result.earlier().getLast().agent()
                : result.agent();
    }

    private static void add(long index, List<IndexRange> ranges) {
        if (!ranges.isEmpty() && ranges.getLast().last() == index - 1) {
            ranges.set(ranges.size() - 1, new IndexRange(ranges.getLast().first(), index, 1));
        } else {
            ranges.add(IndexRange.single(index));
        }
    }
}
