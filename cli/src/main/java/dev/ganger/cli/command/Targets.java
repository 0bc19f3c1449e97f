package dev.ganger.cli.command;

import dev.ganger.cli.client.Coordinator;
import dev.ganger.cli.client.Failure;
import dev.ganger.cli.client.Failure.Kind;
import dev.ganger.model.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Finds out which jobs are meant. */
final class Targets {
    private final Coordinator coordinator;

    Targets(Coordinator coordinator) {
        this.coordinator = coordinator;
    }

    /** The ids of whole jobs; {@code all} means those that pass. */
    List<Long> jobs(List<Target> targets, Predicate<Job> inAll) {
        var ids = new ArrayList<Long>();
        for (var target : targets) {
            if (target.tasks() != null) {
                throw Failure.usage("this verb takes whole jobs, for example 42, not tasks of them such as 42." + target.tasks());
            }
            if (target.which() == Target.Which.ALL) {
                ids.addAll(all(inAll));
            } else {
                ids.add(job(target));
            }
        }
        return ids.stream().distinct().toList();
    }

    /** The id of the one job that is meant. */
    long job(Target target) {
        return switch (target.which()) {
            case ONE -> target.id();
            case LAST -> last();
            case ALL -> throw Failure.usage("this verb takes one job at a time, for example 42 or last, not all");
        };
    }

    List<Long> all(Predicate<Job> wanted) {
        var ids = new ArrayList<Long>();
        coordinator.jobs().jobs(0, job -> {
            if (wanted.test(job)) {
                ids.add(job.id());
            }
        });
        return ids;
    }

    /** Ids only grow, so the largest of n jobs is n or more: the list need not be read from the start. */
    private long last() {
        var jobs = coordinator.status().jobs();
        var known = jobs.queued() + jobs.running() + jobs.succeeded() + jobs.failed() + jobs.cancelled();
        var last = new long[1];
        coordinator.jobs().jobs(known, job -> last[0] = job.id());
        if (last[0] == 0) {
            throw new Failure(Kind.NOT_FOUND, "there is no last job: nothing was submitted yet, or nothing is kept");
        }
        return last[0];
    }
}
