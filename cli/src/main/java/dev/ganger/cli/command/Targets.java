package dev.ganger.cli.command;

import dev.ganger.cli.client.Coordinator;
import dev.ganger.cli.client.Failure;
import dev.ganger.cli.client.Failure.Kind;
import dev.ganger.model.Job;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Predicate;

/** Finds out which jobs and tasks a verb is about. */
final class Targets {
    private final String verb;
    private final Coordinator coordinator;
    private final Filter filter;

    Targets(String verb, Coordinator coordinator, Filter filter) {
        this.verb = verb;
        this.coordinator = coordinator;
        this.filter = filter;
    }

    /** Those that are named, as far as the filter admits them; without names all that it admits and that are in {@code all}. */
    List<Chosen> named(List<String> names, Predicate<Job> all) {
        var targets = parsed(names);
        if (targets.isEmpty() && !filter.isGiven()) {
            throw Failure.usage(
                    "'%s' needs a job, for example 'ganger %1$s last', or --state, --name or --tag; see 'ganger %1$s --help'"
                            .formatted(verb));
        }
        return targets.isEmpty() ? all(all) : found(targets, all);
    }

    /** The same for a verb that does something: if the filter leaves nothing, it cannot. */
    List<Chosen> some(List<String> names, Predicate<Job> all) {
        var named = named(names, all);
        if (named.isEmpty() && filter.isGiven()) {
            throw new Failure(Kind.NOT_FOUND, "no job matches " + filter + (names.isEmpty() ? "" : " among those named")
                    + "; 'ganger jobs' lists those there are");
        }
        return named;
    }

    /** The same for a verb that has no use for tasks. */
    List<Long> someJobs(List<String> names, Predicate<Job> all) {
        refuseTasks(names);
        return some(names, all).stream().map(Chosen::job).toList();
    }

    /** As {@link #named}, for a verb that has no use for tasks. */
    List<Long> jobs(List<String> names, Predicate<Job> all) {
        refuseTasks(names);
        return named(names, all).stream().map(Chosen::job).toList();
    }

    private List<Target> parsed(List<String> names) {
        try {
            return names.stream().map(Target::parse).toList();
        } catch (IllegalArgumentException problem) {
            throw new Failure(Kind.USAGE, problem.getMessage() + "; see 'ganger " + verb + " --help'", problem);
        }
    }

    private void refuseTasks(List<String> names) {
        for (var target : parsed(names)) {
            if (target.tasks() != null) {
                throw Failure.usage("'%s' takes whole jobs, for example %s, not tasks of them such as %2$s.%s".formatted(verb,
                        target.which() == Target.Which.LAST ? "last" : target.id(), target.tasks()));
            }
        }
    }

    private List<Chosen> found(List<Target> targets, Predicate<Job> all) {
        var chosen = new LinkedHashSet<Chosen>();
        for (var target : targets) {
            if (target.which() == Target.Which.ALL) {
                chosen.addAll(all(all));
            } else {
                var id = target.which() == Target.Which.LAST ? last() : target.id();
                if (!filter.isGiven() || filter.admits(coordinator.job(id).job())) {
                    chosen.add(new Chosen(id, target.tasks()));
                }
            }
        }
        return List.copyOf(chosen);
    }

    private List<Chosen> all(Predicate<Job> wanted) {
        var all = new ArrayList<Chosen>();
        coordinator.jobs().jobs(0, job -> {
            if (wanted.test(job) && filter.admits(job)) {
                all.add(new Chosen(job.id(), null));
            }
        });
        return all;
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
