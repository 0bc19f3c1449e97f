package dev.ganger.cli.command;

import dev.ganger.cli.client.Coordinator;
import dev.ganger.cli.client.TaskSelection;
import dev.ganger.model.IndexRange;
import dev.ganger.model.Indices;
import dev.ganger.model.Limits;
import java.util.ArrayList;
import java.util.List;

/** The indices of the tasks that are in some states now, for requests that know no states. */
final class TasksNow {
    private final List<Indices> complete = new ArrayList<>();
    private final List<IndexRange> ranges = new ArrayList<>();

    private TasksNow() {}

    /** In order, each as large as a request may be. */
    static List<Indices> of(Coordinator coordinator, TaskSelection selection) {
        var now = new TasksNow();
        coordinator.jobs().tasks(selection, task -> now.add(task.id().index()));
        now.complete();
        return now.complete;
    }

    private void add(long index) {
        var last = ranges.isEmpty() ? null : ranges.getLast();
        if (last != null && last.last() + 1 == index) {
            ranges.set(ranges.size() - 1, new IndexRange(last.first(), index, 1));
            return;
        }
        if (ranges.size() == Limits.RANGES) {
            complete();
        }
        ranges.add(IndexRange.single(index));
    }

    private void complete() {
        if (!ranges.isEmpty()) {
            complete.add(new Indices(ranges));
            ranges.clear();
        }
    }
}
