package dev.ganger.cli.command;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All there is to ask for, in the groups that 'ganger' alone prints. */
final class Verbs {
    static final List<Group> GROUPS = List.of(
            new Group("Try it", List.of(
                    new Entry("demo", "", "the whole system on this machine, for a minute", DemoCommand::new))),
            new Group("Give it work", List.of(
                    new Entry("submit", "COMMAND…", "queue a job, print its id", SubmitCommand::new),
                    new Entry("run", "COMMAND…", "queue a job, print its output, exit as it did", RunCommand::new))),
            new Group("Look", List.of(
                    new Entry("status", "", "queues, jobs, agents, throughput", StatusCommand::new),
                    new Entry("jobs", "", "the jobs", JobsCommand::new),
                    new Entry("tasks", "JOB", "the tasks of a job", TasksCommand::new),
                    new Entry("show", "JOB|TASK", "everything about one, attempts included", ShowCommand::new),
                    new Entry("agents", "", "the agents", AgentsCommand::new))),
            new Group("Collect", List.of(
                    new Entry("wait", "JOB…", "wait until jobs are finished", WaitCommand::new),
                    new Entry("logs", "JOB|TASK", "what tasks write, live with -f", LogsCommand::new),
                    new Entry("results", "[JOB…]", "the done queue: read, follow, take one by one", ResultsCommand::new))),
            new Group("Control", List.of(
                    new Entry("cancel", "JOB…|TASK…", "cancel what is not finished", CancelCommand::new),
                    new Entry("forget", "JOB…", "forget finished jobs and their output", ForgetCommand::new),
                    new Entry("close", "", "accept no more jobs", CloseCommand::new),
                    new Entry("open", "", "accept jobs again", OpenCommand::new),
                    new Entry("stop", "", "end the agents when the queue is empty, or now", StopCommand::new))),
            new Group("Run the parts", List.of(
                    new Entry("coordinator run", "", "the coordinator: holds the queues", null),
                    new Entry("agent run", "", "an agent: runs tasks on its machine", null),
                    new Entry("config", "[PROGRAM]", "the options in effect, and where each comes from", ConfigCommand::new))));

    private Verbs() {}

    static @Nullable Function<Invocation, Verb> named(String name) {
        for (var group : GROUPS) {
            for (var entry : group.entries()) {
                if (entry.name().equals(name)) {
                    return entry.verb();
                }
            }
        }
        return null;
    }

    static List<String> names() {
        return GROUPS.stream().flatMap(group -> group.entries().stream())
                .filter(entry -> entry.verb() != null)
                .map(Entry::name)
                .toList();
    }

    /** Verbs that belong together. */
    record Group(String title, List<Entry> entries) {}

    /** A verb; null if another program of the distribution does it. */
    record Entry(String name, String parameters, String summary, @Nullable Function<Invocation, Verb> verb) {}
}
