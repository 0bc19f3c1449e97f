package dev.ganger.coordinator.api;

import dev.ganger.coordinator.core.Selection;
import dev.ganger.coordinator.core.Views;
import dev.ganger.coordinator.core.Views.TaskView;
import dev.ganger.coordinator.loop.Core;
import dev.ganger.model.Attempt;
import dev.ganger.model.Bytes;
import dev.ganger.model.IndexRange;
import dev.ganger.model.Indices;
import dev.ganger.model.Result;
import dev.ganger.model.Task;
import dev.ganger.model.TaskId;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tasks as people see them: where they stand is asked of the core, what became of them is read from disk, a page at a time. */
final class TaskPages {
    private static final int PAGE = 500;
    /** Tasks that are farther apart than this are not read from disk together. */
    private static final int GAP = 16;

    private final Core core;

    TaskPages(Core core) {
        this.core = core;
    }

    /** Takes what was found. */
    @FunctionalInterface
    interface Taker<T> {
        void take(List<T> page) throws InterruptedException;
    }

    Task task(TaskId id) {
        var selection = Selection.of(id.job(), new Indices(List.of(IndexRange.single(id.index()))));
        var origin = origin(selection);
        var view = Statuses.await(core.read(views -> views.task(id)));
        if (view == null) {
            throw noTask(origin, id.index());
        }
        return tasks(origin, List.of(view)).getFirst();
    }

    /** All that are asked for, with what they did; throws what the call fails with if there is no such job, or none of its tasks is meant. */
    void each(Selection selection, Taker<Task> taker) throws InterruptedException {
        var origin = origin(selection);
        eachView(selection, page -> {
            for (var run : runs(page)) {
                taker.take(tasks(origin, run));
            }
        });
    }

    /** The same, only where they stand. */
    void eachView(Selection selection, Taker<TaskView> taker) throws InterruptedException {
        for (var from = 0; from >= 0;) {
            var start = from;
            var page = Statuses.await(core.read(views -> views.tasks(selection, start, PAGE)));
            if (page == null) {
                throw Statuses.noJob(selection.job());
            }
            if (!page.tasks().isEmpty()) {
                taker.take(page.tasks());
            }
            from = page.next();
        }
    }

    private Views.Origin origin(Selection selection) {
        var origin = Statuses.await(core.read(views -> views.origin(selection.job())));
        if (origin == null) {
            throw Statuses.noJob(selection.job());
        }
        var indices = selection.indices();
        if (indices != null && indices.ranges().stream().noneMatch(range -> meets(origin.indices(), range))) {
            throw noTask(origin, indices);
        }
        return origin;
    }

    private static boolean meets(Indices own, IndexRange range) {
        for (var index = range.first(); index <= range.last(); index += range.step()) {
            if (own.ordinalOf(index) >= 0) {
                return true;
            }
        }
        return false;
    }

    private static RuntimeException noTask(Views.Origin origin, Object task) {
        return Status.NOT_FOUND.withDescription("job %d has no task %s; its tasks are %s".formatted(origin.job(), task,
                origin.indices())).asRuntimeException();
    }

    /** Parts of a page whose tasks are near each other. */
    static List<List<TaskView>> runs(List<TaskView> page) {
        var runs = new ArrayList<List<TaskView>>();
        var from = 0;
        for (var each = 1; each <= page.size(); each++) {
            if (each == page.size() || page.get(each).ordinal() - page.get(each - 1).ordinal() > GAP) {
                runs.add(page.subList(from, each));
                from = each;
            }
        }
        return runs;
    }

    private List<Task> tasks(Views.Origin origin, List<TaskView> run) {
        var first = run.getFirst().id().index();
        var last = run.getLast().id().index();
        var entries = origin.entries() ? core.entries(origin.draft(), first, last) : List.<Bytes>of();
        var results = run.stream().anyMatch(TaskPages::hasResults)
                ? core.everyResult(origin.job(), first, last)
                : Map.<Long, List<Result>>of();
        return run.stream().map(view -> {
            var index = view.id().index();
            return task(view, results.getOrDefault(index, List.of()),
                    entries.isEmpty() ? null : entries.get((int) (index - first)));
        }).toList();
    }

    private static boolean hasResults(TaskView view) {
        return view.state().isFinal() || view.round() > 1;
    }

    private static Task task(TaskView view, List<Result> results, @Nullable Bytes entry) {
        var attempts = new ArrayList<Attempt>();
        for (var result : results.stream().filter(each -> view.state().isFinal() || each.round() < view.round()).toList()) {
            attempts.addAll(result.earlier());
            if (!result.agent().isEmpty()) {
                attempts.add(Attempt.ended(result.attempt(), result.agent(), result.state(), result.run().withoutOutput()));
            }
        }
        if (!view.state().isFinal()) {
            attempts.addAll(view.attempts());
        }
        return new Task(view.id(), view.round(), view.state(), attempts, entry);
    }
}
