package dev.ganger.coordinator.api;

import dev.ganger.coordinator.loop.Core;
import dev.ganger.coordinator.output.OutputStore;
import dev.ganger.model.Attempt;
import dev.ganger.model.Result;
import dev.ganger.model.StreamId;
import dev.ganger.model.TaskId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sends what there is now of the tasks of a job, task by task. */
final class StoredOutput {
    /** Tasks that are looked up at once, with the bytes inside their results. */
    private static final int PAGE = 128;

    private final Core core;
    private final OutputStore outputs;
    private final OutputQuery query;
    private final OutputReplies replies;

    StoredOutput(Core core, OutputStore outputs, OutputQuery query, OutputReplies replies) {
        this.core = core;
        this.outputs = outputs;
        this.query = query;
        this.replies = replies;
    }

    void send() throws InterruptedException {
        var page = new ArrayList<Long>(PAGE);
        for (var range : query.indices().ranges()) {
            for (var index = range.first(); index <= range.last(); index += range.step()) {
                page.add(index);
                if (page.size() == PAGE) {
                    send(page);
                    page.clear();
                }
            }
        }
        send(page);
    }

    private void send(List<Long> page) throws InterruptedException {
        if (page.isEmpty()) {
            return;
        }
        var results = query.attempt() == 0
                ? newest(core.results(query.job(), page.getFirst(), page.getLast()))
                : ofAttempt(core.everyResult(query.job(), page.getFirst(), page.getLast()));
        for (var index : page) {
            var task = new TaskId(query.job(), index);
            var result = results.get(index);
            var unfinished = result == null ? newest(task) : null;
            if (unfinished != null) {
                sendLive(unfinished, task);
            } else {
                send(result == null ? core.result(task) : result);
            }
        }
    }

    /** Without those of tasks that began another round. */
    private Map<Long, Result> newest(Map<Long, Result> results) {
        if (!Statuses.await(core.read(views -> views.isRetried(query.job())))) {
            return results;
        }
        return Statuses.await(core.read(views -> views.newest(List.copyOf(results.values())))).stream()
                .collect(Collectors.toMap(result -> result.task().index(), result -> result));
    }

    /** The results of the round in which the attempt was that is asked for; of no round before the last if it was in none. */
    private Map<Long, Result> ofAttempt(Map<Long, List<Result>> every) {
        var chosen = new HashMap<Long, Result>();
        every.forEach((index, rounds) -> {
            for (var result : rounds) {
                if (result.attempt() >= query.attempt() || result == rounds.getLast()) {
                    chosen.putIfAbsent(index, result);
                }
            }
        });
        return chosen;
    }

    /** The attempt to show of a task that is not final; null if it is final, or has none. */
    private @Nullable Attempt newest(TaskId task) {
        var view = Statuses.await(core.read(views -> views.task(task)));
        return view == null ? null : chosen(view.attempts());
    }

    private @Nullable Attempt chosen(List<Attempt> attempts) {
        for (var attempt : attempts.reversed()) {
            if (query.attempt() == 0 || query.attempt() == attempt.number()) {
                return attempt;
            }
        }
        return null;
    }

    private void sendLive(Attempt attempt, TaskId task) throws InterruptedException {
        for (var name : query.streams()) {
            var stream = new StreamId(task.attempt(attempt.number()), name);
            send(stream, OutputSource.live(outputs, stream), outputs.end(stream));
        }
    }

    private void send(@Nullable Result result) throws InterruptedException {
        if (result == null) {
            return;
        }
        var number = query.attempt() == 0 ? result.attempt() : query.attempt();
        for (var name : query.streams()) {
            var stream = new StreamId(result.task().attempt(number), name);
            if (number == result.attempt() && !isOver(result, number)) {
                var output = result.run().output(name);
                send(stream, OutputSource.ended(outputs, stream, output), output.bytes());
            } else {
                send(stream, OutputSource.live(outputs, stream), outputs.end(stream));
            }
        }
        replies.send(result);
    }

    /** A task that was cancelled after an attempt has the number of that, and not its output, in its result. */
    private static boolean isOver(Result result, int number) {
        return result.earlier().stream().anyMatch(earlier -> earlier.number() == number);
    }

    private void send(StreamId stream, OutputSource source, long end) throws InterruptedException {
        var tail = query.tail();
        var start = tail == null ? 0 : LastLines.start(source, end, tail);
        new StreamCursor(stream, start, false).finish(source, replies);
    }
}
