package dev.ganger.cli.command;

import dev.ganger.cli.view.Words;
import dev.ganger.model.Job;
import dev.ganger.model.JobState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The filters of verbs that are about jobs. */
final class JobFilter implements Filter {
    @Option(names = "--state", paramLabel = "STATE", split = ",", description = "Only jobs in this state, or one of several: queued, running, succeeded, failed, cancelled.")
    List<JobState> states = new ArrayList<>();

    @Mixin
    JobTraits traits = new JobTraits();

    @Override
    public boolean isGiven() {
        return !states.isEmpty() || traits.isGiven();
    }

    @Override
    public boolean admits(Job job) {
        return (states.isEmpty() || states.contains(job.state())) && traits.admit(job);
    }

    @Override
    public String toString() {
        return (States.words(states.stream().map(Words::word).collect(Collectors.toList())) + traits.words()).strip();
    }
}
