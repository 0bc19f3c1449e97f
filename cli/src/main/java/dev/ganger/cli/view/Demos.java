package dev.ganger.cli.view;

import dev.ganger.model.Job;
import java.time.Duration;
import java.util.Map;

/** How the demo tells what it did. */
public final class Demos {
    private Demos() {}

    public static void summary(Output output, Job job, Duration took, Map<String, Long> byAgent) {
        var perSecond = job.tasks().total() / Words.seconds(took);
        output.one(job, (fields, _) -> {
            fields.add("tasks", Jobs.summary(job));
            fields.add("throughput", "%.0f tasks/s".formatted(perSecond));
            byAgent.forEach((agent, count) -> fields.add(agent, Words.count(count, "task")));
        }, (json, _) -> json.number("job", job.id())
                .number("tasks", job.tasks().total())
                .number("succeeded", job.tasks().succeeded())
                .number("seconds", (Number) Words.seconds(took))
                .number("tasksPerSecond", (Number) perSecond)
                .object("byAgent", agents -> byAgent.forEach(agents::number)), Long.toString(job.id()));
        output.flush();
    }

    public static void howToUse(Output output, String context, long pid, String folder) {
        output.done("""
                The demo goes on. To use it:
                  export GANGER_CONTEXT=%s
                  ganger run echo hello
                To end it:
                  ganger stop && kill %d && sleep 2 && rm -r %s""".formatted(context, pid, folder), json -> json
                .text("context", context)
                .number("pid", pid)
                .text("folder", folder), context);
    }
}
