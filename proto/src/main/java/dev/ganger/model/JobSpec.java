package dev.ganger.model;

import java.util.HashSet;
import java.util.List;

/**
 * How each task of a job is run.
 *
 * @param command what is run
 * @param name    for people; may be empty
 * @param tags    for people and for filters; each name once
 * @param order   when and where its tasks run
 * @param failure what follows when they fail
 * @param limits  what bounds each of them
 */
public record JobSpec(
        TaskCommand command,
        String name,
        List<Tag> tags,
        Order order,
        FailurePolicy failure,
        TaskLimits limits) {
    public JobSpec {
        tags = List.copyOf(tags);
        Limits.name("a job's name", name);
        if (tags.size() > Limits.TAGS) {
            throw new IllegalArgumentException("a job has at most %d tags, not %d".formatted(Limits.TAGS, tags.size()));
        }
        var names = new HashSet<String>();
        for (var tag : tags) {
            if (!names.add(tag.name())) {
                throw new IllegalArgumentException("a job has each tag once, and this one has '" + tag.name() + "' twice");
            }
        }
    }

    /** A job that says no more than what is run. */
    public static JobSpec of(List<Argument> arguments) {
        return new JobSpec(new TaskCommand(arguments, List.of(), Bytes.EMPTY, Bytes.EMPTY), "", List.of(), Order.DEFAULT,
                FailurePolicy.DEFAULT, TaskLimits.DEFAULT);
    }

    public JobSpec with(TaskCommand other) {
        return new JobSpec(other, name, tags, order, failure, limits);
    }

    public JobSpec named(String other) {
        return new JobSpec(command, other, tags, order, failure, limits);
    }

    public JobSpec with(Order other) {
        return new JobSpec(command, name, tags, other, failure, limits);
    }

    public JobSpec with(FailurePolicy other) {
        return new JobSpec(command, name, tags, order, other, limits);
    }

    public JobSpec with(TaskLimits other) {
        return new JobSpec(command, name, tags, order, failure, other);
    }

    public JobSpec tagged(List<Tag> other) {
        return new JobSpec(command, name, other, order, failure, limits);
    }
}
