package dev.ganger.cli.view;

import dev.ganger.model.Job;
import dev.ganger.model.JobSpec;
import dev.ganger.model.TaskCounts;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How jobs are shown. */
public final class Jobs {
    public static final Shape<Job> SHAPE = new Shape<>(List.of(
            Column.number("JOB", Job::id),
            Column.state("STATE", job -> Words.word(job.state())),
            Column.number("TASKS", 1, job -> job.tasks().total()),
            Column.number("QUEUED", 4, job -> job.tasks().toStart()),
            Column.number("ACTIVE", 3, job -> active(job.tasks())),
            Column.number("SUCCEEDED", 2, job -> job.tasks().succeeded()),
            Column.number("FAILED", job -> job.tasks().failed()),
            Column.number("CANCELLED", 5, job -> job.tasks().cancelled()),
            Column.word("SUBMITTED", 6, job -> Words.shortTime(job.submittedAt())),
            Column.wide("NAME", Job::name)), Jobs::write, job -> Long.toString(job.id()));

    private Jobs() {}

    private static long active(TaskCounts tasks) {
        return tasks.leased() + tasks.running() + tasks.unknown();
    }

    static void write(Json json, Job job) {
        json.number("id", job.id())
                .text("name", known(job.name()))
                .object("tags", tags -> job.tags().forEach(tag -> tags.text(tag.name(), tag.value())))
                .text("state", Words.word(job.state()))
                .text("submittedBy", known(job.submittedBy()))
                .object("tasks", tasks -> writeCounts(tasks, job.tasks()))
                .text("submittedAt", Words.time(job.submittedAt()))
                .text("finishedAt", Words.time(job.finishedAt()));
    }

    private static void writeCounts(Json json, TaskCounts tasks) {
        json.number("total", tasks.total())
                .number("waiting", tasks.waiting())
                .number("held", tasks.held())
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
            json.object("spec", inner -> Specs.write(inner, spec));
        }, Long.toString(job.id()));
    }

    private static void describe(Fields fields, Job job, JobSpec spec) {
        fields.add("job", job.id())
                .add("name", job.name());
        job.tags().forEach(tag -> fields.add("tag", tag));
        fields.add("state", Words.word(job.state()))
                .add("tasks", counts(job.tasks()))
                .add("submitted", Words.time(job.submittedAt()))
                .add("submitted by", job.submittedBy());
        if (job.finishedAt() != null) {
            fields.add("finished", Words.time(job.finishedAt()))
                    .add("took", Words.length(Duration.between(job.submittedAt(), job.finishedAt())));
        }
        Specs.describe(fields, spec);
    }

    private static String counts(TaskCounts tasks) {
        var text = new StringBuilder(tasks.total() + " in all");
        append(text, tasks.waiting(), "waiting");
        append(text, tasks.held(), "held");
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
