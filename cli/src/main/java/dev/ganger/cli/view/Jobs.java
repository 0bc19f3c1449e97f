package dev.ganger.cli.view;

import dev.ganger.model.Argument;
import dev.ganger.model.EnvironmentVariable;
import dev.ganger.model.Job;
import dev.ganger.model.JobSpec;
import dev.ganger.model.Limits;
import dev.ganger.model.TaskCounts;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How jobs are shown. */
public final class Jobs {
    public static final Shape<Job> SHAPE = new Shape<>(List.of(
            Column.number("JOB", Job::id),
            Column.state("STATE", job -> Words.word(job.state())),
            Column.number("TASKS", job -> job.tasks().total()),
            Column.number("QUEUED", job -> job.tasks().queued()),
            Column.number("ACTIVE", job -> active(job.tasks())),
            Column.number("SUCCEEDED", job -> job.tasks().succeeded()),
            Column.number("FAILED", job -> job.tasks().failed()),
            Column.number("CANCELLED", job -> job.tasks().cancelled()),
            Column.word("SUBMITTED", job -> Words.shortTime(job.submittedAt())),
            Column.wide("NAME", Job::name)), Jobs::write, job -> Long.toString(job.id()));

    private Jobs() {}

    private static long active(TaskCounts tasks) {
        return tasks.leased() + tasks.running() + tasks.unknown();
    }

    static void write(Json json, Job job) {
        json.number("id", job.id())
                .text("name", known(job.name()))
                .object("tags", _ -> {})
                .text("state", Words.word(job.state()))
                .text("submittedBy", known(job.submittedBy()))
                .object("tasks", tasks -> writeCounts(tasks, job.tasks()))
                .text("submittedAt", Words.time(job.submittedAt()))
                .text("finishedAt", Words.time(job.finishedAt()));
    }

    private static void writeCounts(Json json, TaskCounts tasks) {
        json.number("total", tasks.total())
                .number("waiting", 0)
                .number("held", 0)
                .number("queued", tasks.queued())
                .number("leased", tasks.leased())
                .number("running", tasks.running())
                .number("unknown", tasks.unknown())
                .number("succeeded", tasks.succeeded())
                .number("failed", tasks.failed())
                .number("cancelled", tasks.cancelled());
    }

    static @Nullable String known(String text) {
        return text.isEmpty() ? null : text;
    }

    /** A job with how its tasks are run. */
    public static void show(Output output, Job job, JobSpec spec) {
        output.one(job, (fields, each) -> describe(fields, each, spec), (json, each) -> {
            write(json, each);
            json.object("spec", inner -> writeSpec(inner, spec));
        }, Long.toString(job.id()));
    }

    private static void writeSpec(Json json, JobSpec spec) {
        json.texts("command", spec.command().arguments().stream().map(Words::argument).toList())
                .object("environment", inner -> environment(spec).forEach(inner::text))
                .text("cwd", known(spec.command().directory().toString()))
                .number("priority", spec.order().priority())
                .number("retries", spec.failure().retries())
                .number("timeoutSeconds", seconds(spec.limits().timeout()))
                .number("graceSeconds", seconds(spec.limits().grace()))
                .number("outputLimitBytes", spec.limits().output() == Limits.ALL_OUTPUT ? null : spec.limits().output());
    }

    private static Map<String, String> environment(JobSpec spec) {
        var last = new LinkedHashMap<String, String>();
        spec.command().environment().forEach(variable -> last.put(variable.name().toString(), variable.value().toString()));
        return last;
    }

    private static @Nullable Double seconds(@Nullable Duration duration) {
        return duration == null ? null : Words.seconds(duration);
    }

    private static void describe(Fields fields, Job job, JobSpec spec) {
        fields.add("job", job.id())
                .add("name", job.name())
                .add("state", Words.word(job.state()))
                .add("tasks", counts(job.tasks()))
                .add("submitted", Words.time(job.submittedAt()))
                .add("submitted by", job.submittedBy());
        if (job.finishedAt() != null) {
            fields.add("finished", Words.time(job.finishedAt()))
                    .add("took", Words.length(Duration.between(job.submittedAt(), job.finishedAt())));
        }
        fields.add("command", String.join(" ", spec.command().arguments().stream().map(Jobs::quoted).toList()));
        for (EnvironmentVariable variable : spec.command().environment()) {
            fields.add("environment", variable.name() + "=" + variable.value());
        }
        fields.add("cwd", spec.command().directory())
                .add("priority", spec.order().priority())
                .add("retries", spec.failure().retries())
                .add("timeout", spec.limits().timeout() == null ? null : Words.length(spec.limits().timeout()))
                .add("grace", Words.length(spec.limits().grace()))
                .add("output limit", spec.limits().output() == Limits.ALL_OUTPUT
                        ? "none"
                        : Words.size(spec.limits().output()) + " a stream");
    }

    private static String quoted(Argument argument) {
        var text = Words.argument(argument);
        return text.matches("[\\w@%+=:,./{}#-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    private static String counts(TaskCounts tasks) {
        var text = new StringBuilder(tasks.total() + " in all");
        append(text, tasks.queued(), "queued");
        append(text, tasks.leased(), "leased");
        append(text, tasks.running(), "running");
        append(text, tasks.unknown(), "unknown");
        append(text, tasks.succeeded(), "succeeded");
        append(text, tasks.failed(), "failed");
        append(text, tasks.cancelled(), "cancelled");
        return text.toString();
    }

    private static void append(StringBuilder text, long count, String state) {
        if (count > 0) {
            text.append(", ").append(count).append(' ').append(state);
        }
    }

    /** job 42: 980 succeeded, 20 failed in 12.3 s. */
    public static String summary(Job job) {
        var tasks = job.tasks();
        var text = new StringBuilder("job " + job.id() + ": " + tasks.succeeded() + " succeeded");
        append(text, tasks.failed(), "failed");
        append(text, tasks.cancelled(), "cancelled");
        if (job.finishedAt() != null) {
            text.append(" in ").append(Words.length(Duration.between(job.submittedAt(), job.finishedAt())));
        }
        return text.toString();
    }
}
