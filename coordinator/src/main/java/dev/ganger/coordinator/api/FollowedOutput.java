package dev.ganger.coordinator.api;

import dev.ganger.coordinator.core.Views;
import dev.ganger.coordinator.loop.Core;
import dev.ganger.coordinator.loop.Topic;
import dev.ganger.coordinator.output.OutputStore;
import dev.ganger.model.Attempt;
import dev.ganger.model.AttemptId;
import dev.ganger.model.IndexRange;
import dev.ganger.model.Result;
import dev.ganger.model.StreamId;
import dev.ganger.model.TaskId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Sends what tasks of a job write as it comes, and each task's result after its last byte, until all of them are final. */
final class FollowedOutput {
    private static final int PAGE = 64;
    private static final long MILLIS_BETWEEN_LOOKS = 1_000;

    private final Core core;
    private final OutputStore outputs;
    private final OutputQuery query;
    private final OutputReplies replies;
    private final Outgoing<?> outgoing;
    /** Streams that have grown since they were looked at. */
    private final Set<StreamId> grown = ConcurrentHashMap.newKeySet();
    /** Streams of tasks that are not final, as far as is known here. */
    private final Map<StreamId, StreamCursor> open = new LinkedHashMap<>();
    /** The newest attempt of those tasks. */
    private final Map<TaskId, Integer> newest = new HashMap<>();
    /** Which attempts of those tasks were sent, are being sent, or are not to be. */
    private final Map<TaskId, BitSet> begun = new HashMap<>();
    private long position;
    /** Results before this position were there when reading began. */
    private long beganAt;

    FollowedOutput(Core core, OutputStore outputs, OutputQuery query, OutputReplies replies, Outgoing<?> outgoing) {
        this.core = core;
        this.outputs = outputs;
        this.query = query;
        this.replies = replies;
        this.outgoing = outgoing;
        this.position = query.after() + 1;
    }

    void send() throws InterruptedException {
        try (var _ = outputs.watch(query.job(), this::grew);
                var _ = core.watch(new Topic.OfJob(query.job()), _ -> outgoing.signal())) {
            begin();
            while (true) {
                var settled = Statuses
                        .await(core.read(views -> views.isSettled(query.job(), query.everything() ? null : query.indices(),
                                query.attempt())));
                sendGrown();
                sendResults();
                if (settled) {
                    finishAll();
                    return;
                }
                outgoing.awaitNews(MILLIS_BETWEEN_LOOKS);
            }
        }
    }

    private void grew(StreamId stream) {
        if (grown.add(stream)) {
            outgoing.signal();
        }
    }

    private void begin() throws InterruptedException {
        position = Math.max(position, core.firstResult(query.job()));
        beganAt = query.isResumed() || query.every() ? 0 : Statuses.await(core.read(Views::nextPosition));
        query.seen().forEach((stream, offset) -> open.put(stream, new StreamCursor(stream, offset, query.wholeLines())));
        for (var cursor : List.copyOf(open.values())) {
            while (cursor.advance(OutputSource.live(outputs, cursor.stream()), replies)) {
                // One in the midst of a line goes on before any other.
            }
            beginWith(cursor.stream().attempt());
        }
        beginWithAttemptsThatAreOver();
        for (var attempt : Statuses.await(core.read(views -> views.leased(query.job())))) {
            if (isWanted(attempt)) {
                if (query.every()) {
                    sendEarlier(attempt);
                } else {
                    begun(attempt.task()).set(0, attempt.number());
                }
                beginWith(attempt);
            }
        }
    }

    /** If one attempt is asked for, it can be over while its task is not. */
    private void beginWithAttemptsThatAreOver() throws InterruptedException {
        for (var range : query.attempt() == 0 ? List.<IndexRange>of() : query.indices().ranges()) {
            for (var index = range.first(); index <= range.last(); index += range.step()) {
                var task = new TaskId(query.job(), index);
                var view = Statuses.await(core.read(views -> views.task(task)));
                if (view != null && view.attempts().stream().anyMatch(attempt -> attempt.number() == query.attempt())) {
                    beginWith(task.attempt(query.attempt()));
                }
            }
        }
    }

    /** What the attempts before this one wrote, if it was not seen. */
    private void sendEarlier(AttemptId present) throws InterruptedException {
        for (var earlier : attempts(present.task())) {
            var attempt = present.task().attempt(earlier.number());
            if (earlier.number() < present.number() && !begun(attempt.task()).get(earlier.number()) && isWanted(attempt)) {
                beginWith(attempt);
                finishTask(present.task());
            }
        }
    }

    private List<Attempt> attempts(TaskId task) {
        var view = Statuses.await(core.read(views -> views.task(task)));
        if (view == null || !view.state().isFinal()) {
            return view == null ? List.of() : view.attempts();
        }
        var result = core.result(task);
        return result == null ? List.of() : result.earlier();
    }

    private BitSet begun(TaskId task) {
        return begun.computeIfAbsent(task, _ -> new BitSet());
    }

    private boolean isWanted(AttemptId attempt) {
        return query.wants(attempt.index()) && (query.attempt() == 0 || query.attempt() == attempt.number());
    }

    private void beginWith(AttemptId attempt) throws InterruptedException {
        newest.merge(attempt.task(), attempt.number(), Math::max);
        begun(attempt.task()).set(attempt.number());
        for (var name : query.streams()) {
            var stream = new StreamId(attempt, name);
            if (!open.containsKey(stream)) {
                var source = OutputSource.live(outputs, stream);
                open.put(stream, new StreamCursor(stream, start(stream, source), query.wholeLines()));
                grown.add(stream);
            }
        }
    }

    private long start(StreamId stream, OutputSource source) throws InterruptedException {
        var tail = query.tail();
        if (tail == null) {
            return 0;
        }
        var start = LastLines.start(source, outputs.end(stream), tail);
        replies.begin(stream, start);
        return start;
    }

    private void sendGrown() throws InterruptedException {
        var oldestFirst = new ArrayList<>(grown);
        oldestFirst.sort(Comparator.comparingInt(stream -> stream.attempt().number()));
        for (var stream : oldestFirst) {
            grown.remove(stream);
            var cursor = cursor(stream);
            if (cursor != null && cursor.advance(OutputSource.live(outputs, stream), replies)) {
                grew(stream);
            }
        }
    }

    /** Null for what is not wanted, or comes late. */
    private @Nullable StreamCursor cursor(StreamId stream) throws InterruptedException {
        var attempt = stream.attempt();
        var present = open.get(stream);
        if (present != null || !query.streams().contains(stream.name()) || !isWanted(attempt)) {
            return present;
        }
        var known = newest.get(attempt.task());
        if (known == null ? isFinal(attempt.task()) : attempt.number() < known) {
            return null;
        }
        if (known != null && attempt.number() > known) {
            finishTask(attempt.task());
        }
        if (attempt.number() > 1) {
            sendEarlier(attempt);
        }
        newest.put(attempt.task(), attempt.number());
        begun(attempt.task()).set(attempt.number());
        var fresh = new StreamCursor(stream, 0, query.wholeLines());
        open.put(stream, fresh);
        return fresh;
    }

    private boolean isFinal(TaskId task) {
        var view = Statuses.await(core.read(views -> views.task(task)));
        return view == null || view.state().isFinal();
    }

    /** Of the attempts of a task that are open, no more will come. */
    private void finishTask(TaskId task) throws InterruptedException {
        for (var stream : open.keySet().stream().filter(each -> each.attempt().task().equals(task)).toList()) {
            finish(stream);
        }
    }

    private void finish(StreamId stream) throws InterruptedException {
        var cursor = open.remove(stream);
        if (cursor != null) {
            cursor.finish(OutputSource.live(outputs, stream), replies);
        }
    }

    private void finishAll() throws InterruptedException {
        for (var stream : new ArrayList<>(open.keySet())) {
            finish(stream);
        }
    }

    private void sendResults() throws InterruptedException {
        var retried = !query.every() && Statuses.await(core.read(views -> views.isRetried(query.job())));
        for (var page = core.results(position, PAGE); !page.isEmpty(); page = core.results(position, PAGE)) {
            var newest = retried ? newest(page) : page;
            for (var result : newest) {
                if (result.task().job() == query.job() && query.wants(result.task().index())) {
                    conclude(result);
                }
            }
            position = page.getLast().position() + 1;
        }
    }

    /** Without those of tasks that began another round. */
    private List<Result> newest(List<Result> page) {
        return Statuses.await(core.read(views -> views.newest(page)));
    }

    private void conclude(Result result) throws InterruptedException {
        finishEarlier(result);
        var attempt = result.task().attempt(result.attempt());
        for (var name : query.streams()) {
            if (isWanted(attempt)) {
                var stream = new StreamId(attempt, name);
                var source = OutputSource.ended(outputs, stream, result.run().output(name));
                var present = open.remove(stream);
                (present != null ? present : fresh(stream, source, result)).finish(source, replies);
            }
        }
        finishTask(result.task());
        newest.remove(result.task());
        begun.remove(result.task());
        replies.send(result);
    }

    /** Of attempts that came and went unnoticed everything is sent, and of others the rest. */
    private void finishEarlier(Result result) throws InterruptedException {
        for (var earlier : result.earlier()) {
            var attempt = result.task().attempt(earlier.number());
            for (var name : query.streams()) {
                var stream = new StreamId(attempt, name);
                if (isWanted(attempt) && !begun(result.task()).get(earlier.number())
                        && (result.position() >= beganAt || query.attempt() != 0
                                || earlier.number() == result.attempt())) {
                    open.putIfAbsent(stream, new StreamCursor(stream, 0, query.wholeLines()));
                }
                finish(stream);
            }
        }
    }

    private StreamCursor fresh(StreamId stream, OutputSource source, Result result) {
        var tail = query.tail();
        var start = tail == null || result.position() >= beganAt
                ? 0
                : LastLines.start(source, result.run().output(stream.name()).bytes(), tail);
        return new StreamCursor(stream, start, query.wholeLines());
    }
}
