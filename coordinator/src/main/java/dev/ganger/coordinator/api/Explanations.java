package dev.ganger.coordinator.api;

import dev.ganger.coordinator.core.Plain;
import dev.ganger.coordinator.core.Views;
import dev.ganger.coordinator.core.Why;
import dev.ganger.coordinator.loop.Core;
import dev.ganger.model.Attempt;
import dev.ganger.model.Ending;
import dev.ganger.model.Result;
import dev.ganger.model.TaskId;
import dev.ganger.model.TaskState;
import dev.ganger.proto.v1.ExplainRequest;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why a job or a task stands as it does: what the core knows, and what the results tell of that which is over. */
final class Explanations {
    /** Indices of one look into the results. */
    private static final long RESULTS_AT_ONCE = 1_000;
    /** Ways to fail that a sentence names, at most. */
    private static final int WAYS = 5;

    private final Core core;

    Explanations(Core core) {
        this.core = core;
    }

    List<String> of(ExplainRequest request) {
        return request.hasIndex()
                ? ofTask(new TaskId(request.getJob(), request.getIndex()))
                : ofJob(request.getJob());
    }

    // ---- a task

    private List<String> ofTask(TaskId id) {
        var origin = Statuses.await(core.read(views -> views.origin(id.job())));
        if (origin == null) {
            throw Statuses.noJob(id.job());
        }
        var why = Statuses.await(core.<Why.@Nullable OfTask>read(views -> views.why(id)));
        if (why == null) {
            throw noTask(id, origin);
        }
        var result = why.state().isFinal() ? core.result(id) : null;
        return result == null ? why.sentences() : over(why, result);
    }

    private static RuntimeException noTask(TaskId id, Views.Origin origin) {
        return Status.NOT_FOUND.withDescription("job %d has no task %d; its tasks are %s".formatted(id.job(), id.index(),
                origin.indices())).asRuntimeException();
    }

    private static List<String> over(Why.OfTask why, Result result) {
        var sentences = new ArrayList<String>();
        sentences.add(end(why, result));
        if (result.state() == TaskState.FAILED) {
            sentences.add(attempts(why, result));
            sentences.add(result.run().ending() instanceof Ending.CannotStart
                    ? "When that is mended, 'ganger retry %s' runs it again.".formatted(why.task())
                    : "'ganger logs %s --stderr' shows what it wrote; 'ganger retry %1$s' runs it again.".formatted(why.task()));
        } else if (result.state() == TaskState.CANCELLED) {
            sentences.add("'ganger retry %s' runs it after all.".formatted(why.task()));
        }
        result.earlier().forEach(attempt -> sentences.add(earlier(attempt, why.timeout())));
        return sentences;
    }

    private static String end(Why.OfTask why, Result result) {
        var where = result.agent().isEmpty() ? "" : " on agent '%s'".formatted(result.agent());
        var at = Plain.time(result.recordedAt());
        return switch (result.state()) {
            case SUCCEEDED -> "%s succeeded%s at %s, as attempt %d.".formatted(why.task(), where, at, result.attempt());
            case CANCELLED -> "%s %s, at %s%s.".formatted(why.task(), Plain.ending(result.run().ending(), null), at,
                    where.isEmpty() ? "; no agent had it then" : where);
            default -> "%s failed%s at %s: it %s.".formatted(why.task(), where, at,
                    Plain.ending(result.run().ending(), why.timeout()));
        };
    }

    private static String attempts(Why.OfTask why, Result result) {
        var tried = result.earlier().stream().filter(attempt -> attempt.state() == TaskState.FAILED).count() + 1;
        return why.retries() == 0
                ? "It was to be tried once (--retries 0)."
                : "It failed %s; %s allowed (--retries %d).".formatted(tried == 1 ? "once" : tried + " times",
                        why.retries() == 1 ? "1 retry was" : why.retries() + " retries were", why.retries());
    }

    private static String earlier(Attempt attempt, @Nullable Duration timeout) {
        var run = attempt.run();
        return "Attempt %d before it, on agent '%s', %s.".formatted(attempt.number(), attempt.agent(),
                run == null ? "is over" : Plain.ending(run.ending(), timeout));
    }

    // ---- a job

    private List<String> ofJob(long id) {
        var why = Statuses.await(core.<Why.@Nullable OfJob>read(views -> views.why(id)));
        if (why == null) {
            throw Statuses.noJob(id);
        }
        var sentences = new ArrayList<>(why.sentences());
        if (!why.failed().isEmpty()) {
            sentences.add(failures(why));
            sentences.add("'ganger logs %d.%d --stderr' shows what the first wrote; 'ganger retry %d --failed' runs them again."
                    .formatted(id, why.failed().getFirst(), id));
        }
        return sentences;
    }

    private String failures(Why.OfJob why) {
        var ways = new LinkedHashMap<String, Integer>();
        for (var ending : endings(why)) {
            ways.merge(Plain.ending(ending, why.timeout()), 1, Integer::sum);
        }
        var named = ways.entrySet().stream().sorted(Map.Entry.<String, Integer>comparingByValue().reversed()).limit(WAYS)
                .map(way -> why.failedCount() == 1
                        ? way.getKey()
                        : way.getValue() + " " + ofSeveral(way.getKey(), way.getValue()))
                .toList();
        var looked = why.failed().size() < why.failedCount() ? "of the first %d ".formatted(why.failed().size()) : "";
        var rest = ways.size() > WAYS ? ", and others otherwise" : "";
        return "%s failed: %s%s%s; first: %d.%d.".formatted(Plain.count(why.failedCount(), "task"), looked,
                String.join(", ", named), rest, why.job(), why.failed().getFirst());
    }

    /** What is said of one, said of more. */
    private static String ofSeveral(String way, int tasks) {
        return tasks == 1
                ? way
                : way.replaceFirst("^was ", "were ").replace(" and was ended", " and were ended").replace(" its ", " their ");
    }

    private List<Ending> endings(Why.OfJob why) {
        var endings = new ArrayList<Ending>();
        var failed = why.failed();
        for (var from = 0; from < failed.size();) {
            var first = failed.get(from);
            var results = core.results(why.job(), first, first + RESULTS_AT_ONCE - 1);
            while (from < failed.size() && failed.get(from) < first + RESULTS_AT_ONCE) {
                var result = results.get(failed.get(from));
                if (result != null) {
                    endings.add(result.run().ending());
                }
                from++;
            }
        }
        return endings;
    }
}
