package dev.ganger.cli.command;

import dev.ganger.cli.client.Coordinator;
import dev.ganger.cli.client.Failure;
import dev.ganger.cli.client.Failure.Kind;
import dev.ganger.cli.client.Reconnect;
import dev.ganger.cli.client.ResultQuery;
import dev.ganger.cli.client.Submission;
import dev.ganger.cli.view.Demos;
import dev.ganger.cli.view.Words;
import dev.ganger.model.Argument;
import dev.ganger.model.Bytes;
import dev.ganger.model.Indices;
import dev.ganger.model.Job;
import dev.ganger.model.JobSpec;
import dev.ganger.model.JobState;
import dev.ganger.model.Limits;
import java.time.Duration;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the whole system on this machine and leaves nothing behind. */
@Command(name = "demo", customSynopsis = "ganger demo [OPTION…]", description = {
        "The whole system on this machine, in a temporary folder: a coordinator, agents,",
        "and real tasks; then STOP, and nothing is left behind."}, footer = {"", "Example:",
                "  ganger demo --tasks 10000 --agents 4"})
final class DemoCommand implements Verb {
    private static final int MOST_AGENTS = 100;

    private final Invocation invocation;

    @Option(names = "--tasks", paramLabel = "N", description = "How many tasks. Default: 1000.")
    int tasks = 1000;

    @Option(names = "--agents", paramLabel = "N", description = "How many agents. Default: 2.")
    int agents = 2;

    @Option(names = "--keep", description = "Leave it running, and print how to use it and how to end it.")
    boolean keep;

    DemoCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        if (tasks < 1 || tasks > Limits.TASKS || agents < 1 || agents > MOST_AGENTS) {
            throw Failure.usage("a demo has 1 to %d tasks and 1 to %d agents, not %d and %d".formatted(
                    Limits.TASKS, MOST_AGENTS, tasks, agents));
        }
        var launcher = invocation.surroundings().launcher();
        if (launcher == null) {
            throw new Failure(Kind.FAILED, "the demo starts its parts through the launcher; start it as 'ganger demo'");
        }
        try (var demo = new Demo(launcher, invocation.surroundings().environment().getOrDefault("TMPDIR", ""),
                invocation.output())) {
            var context = demo.start(agents);
            try (var coordinator = Coordinator.at(Destinations.at(context), Reconnect.NEVER)) {
                demo.awaitAgents(coordinator);
                var good = work(coordinator);
                if (keep) {
                    demo.keep(context);
                } else {
                    Farewell.quietly(coordinator);
                    demo.finish();
                }
                return good ? 0 : 1;
            }
        }
    }

    private boolean work(Coordinator coordinator) {
        var submission = new Submission(spec(), UUID.randomUUID().toString(), new Submission.Array(Indices.of(1, tasks)), null);
        var startedNanos = System.nanoTime();
        var id = coordinator.submit(submission, _ -> {}).job();
        var job = new Patience(coordinator, invocation.output(), null).finished(id);
        var took = Duration.ofNanos(System.nanoTime() - startedNanos);
        summarise(coordinator, job, took);
        return job.state() == JobState.SUCCEEDED;
    }

    private static JobSpec spec() {
        var command = Stream.of("sh", "-c", "exit 0").map(word -> Argument.literal(Bytes.utf8(word))).toList();
        return JobSpec.of(command).named("demo");
    }

    private void summarise(Coordinator coordinator, Job job, Duration took) {
        var byAgent = new TreeMap<String, Long>();
        coordinator.results().read(ResultQuery.of(job.id()),
                some -> some.forEach(result -> byAgent.merge(result.agent(), 1L, Long::sum)));
        Demos.summary(invocation.output(), job, took, byAgent);
        if (job.state() != JobState.SUCCEEDED) {
            invocation.output().note(Words.count(job.tasks().total() - job.tasks().succeeded(), "task") + " did not succeed");
        }
    }
}
