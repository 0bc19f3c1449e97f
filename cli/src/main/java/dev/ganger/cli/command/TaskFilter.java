package dev.ganger.cli.command;

import dev.ganger.cli.view.Words;
import dev.ganger.model.Job;
import dev.ganger.model.TaskState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The filters of verbs that are about tasks: jobs by what they are, and of their tasks those in some states. */
final class TaskFilter implements Filter {
    @Option(names = "--state", paramLabel = "STATE", split = ",", description = "Only tasks in this state, or one of several: waiting, held, queued, leased, running, unknown, succeeded, failed, cancelled.")
    List<TaskState> states = new ArrayList<>();

    @Mixin
    JobTraits traits = new JobTraits();

    @Override
    public boolean isGiven() {
        return !states.isEmpty() || traits.isGiven();
    }

    @Override
    public boolean admits(Job job) {
        return traits.admit(job);
    }

    @Override
    public String toString() {
        return (States.words(states.stream().map(Words::word).collect(Collectors.toList())) + traits.words()).strip();
    }
}
