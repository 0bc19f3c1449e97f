package dev.ganger.coordinator.core;

import dev.ganger.model.Agent;
import dev.ganger.model.Attempt;
import dev.ganger.model.AttemptId;
import dev.ganger.model.Indices;
import dev.ganger.model.Job;
import dev.ganger.model.JobSpec;
import dev.ganger.model.JobState;
import dev.ganger.model.Result;
import dev.ganger.model.TaskCounts;
import dev.ganger.model.TaskId;
import dev.ganger.model.TaskState;
import dev.ganger.model.Token;
import dev.ganger.model.User;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The state as people look at it, at one moment; read on the loop, in pages. */
public final class Views {
    private final State state;
    private final Settings settings;
    private final Time time;

    public Views(State state, Settings settings, Time time) {
        this.state = state;
        this.settings = settings;
        this.time = time;
    }

    /** What a job is, apart from its progress. */
    public record Origin(long job, UUID draft, JobSpec spec, Indices indices, boolean entries) {}

    /**
     * A task that is not final, or the mark that its result tells about it.
     *
     * @param attempts past and present ones; empty if it is final
     */
    public record TaskView(TaskId id, int ordinal, int round, TaskState state, List<Attempt> attempts) {}

    /** How far a STOP is. */
    public record StopView(long tasksBefore, List<String> agents, List<String> unreachable, boolean pending) {}

    /** The queues and agents in numbers. */
    public record Counts(
            long queued,
            long unfinished,
            long limit,
            long position,
            long results,
            Map<JobState, Long> jobs,
            long alive,
            long quarantined,
            long unknown,
            long slots,
            long busy,
            boolean open,
            boolean stopping,
            long waiting) {}

    public @Nullable Job job(long id) {
        var job = state.job(id);
        return job == null ? null : view(job);
    }

    public @Nullable Origin origin(long id) {
        var job = state.job(id);
        if (job == null) {
            return null;
        }
        var origin = job.origin;
        return new Origin(id, origin.draft(), origin.spec(), origin.indices(), origin.entries());
    }

    /** Jobs from an id on, at most so many. */
    public List<Job> jobs(long from, int limit) {
        return state.jobs().all().tailMap(from, true).values().stream().limit(limit).map(this::view).toList();
    }

    private Job view(JobProgress job) {
        return new Job(job.id(), job.origin.spec().name(), job.origin.spec().tags(), stateOf(job), counts(job),
                job.origin.submitter(), job.origin.at(),
                job.finishedAt());
    }

    private static JobState stateOf(JobProgress job) {
        if (job.unfinished() > 0) {
            return job.touched() ? JobState.RUNNING : JobState.QUEUED;
        }
        return job.ended().failed() > 0 ? JobState.FAILED : job.ended().cancelled() > 0 ? JobState.CANCELLED : JobState.SUCCEEDED;
    }

    TaskCounts counts(JobProgress job) {
        var running = 0;
        var unknown = 0;
        for (var lease : job.eachLease()) {
            if (silent(lease)) {
                unknown++;
            } else if (lease.isRunning()) {
                running++;
            }
        }
        return new TaskCounts(job.waiting(), job.held(), job.queued(), job.leaseCount() - running - unknown, running, unknown,
                job.ended().succeeded(),
                job.ended().failed(), job.ended().cancelled());
    }

    private boolean silent(Lease lease) {
        return silent(state.fleet().must(lease.instance));
    }

    private boolean silent(AgentRecord agent) {
        return agent.silentFor(time.now()) > settings.unknownAfterMillis();
    }

    /** Null if there is no such task. */
    public @Nullable TaskView task(TaskId id) {
        var job = state.job(id.job());
        var ordinal = job == null ? -1 : job.origin.indices().ordinalOf(id.index());
        return job == null || ordinal < 0 ? null : view(job, ordinal);
    }

    /** Some of the tasks that are asked for, from a place on; null if there is no such job. */
    public @Nullable TaskPage tasks(Selection selection, int from, int limit) {
        var job = state.job(selection.job());
        return job == null ? null : new TaskSearch(job, selection, ordinal -> view(job, ordinal)).page(from, limit);
    }

    /** Some tasks, in order, and the place where to go on; -1: there are no more. */
    public record TaskPage(List<TaskView> tasks, int next) {}

    /** Whether tasks of a job were retried. */
    public boolean isRetried(long job) {
        return state.jobs().isRetried(job);
    }

    /** Jobs with tasks that were retried. */
    public Set<Long> retriedJobs() {
        return state.jobs().retried();
    }

    /** Those of which no later round has begun. */
    public List<Result> newest(List<Result> results) {
        return results.stream().filter(result -> {
            var job = state.job(result.task().job());
            return job == null || job.past().round(job.origin.indices().ordinalOf(result.task().index())) <= result.round();
        }).toList();
    }

    private TaskView view(JobProgress job, int ordinal) {
        var id = new TaskId(job.id(), job.origin.indices().indexAt(ordinal));
        var lease = job.leaseOf(ordinal);
        if (lease == null) {
            return new TaskView(id, ordinal, job.past().round(ordinal), job.stateOf(ordinal), job.past().pastAttempts(ordinal));
        }
        var agent = state.fleet().must(lease.instance);
        var present = lease.view(agent.id().name(), silent(agent));
        var attempts = new ArrayList<>(job.past().pastAttempts(ordinal));
        attempts.add(present);
        return new TaskView(id, ordinal, job.past().round(ordinal), present.state(), attempts);
    }

    /**
     * Who has or had an attempt.
     *
     * @param instance null: it is over, and only the name is known
     */
    public record Holder(@Nullable UUID instance, String agent) {}

    /** Null if no agent had it, or if the task is final, as its results tell then. */
    public @Nullable Holder holder(AttemptId attempt) {
        var job = state.job(attempt.job());
        var ordinal = job == null ? -1 : job.origin.indices().ordinalOf(attempt.index());
        if (job == null || ordinal < 0) {
            return null;
        }
        var lease = job.leaseOf(ordinal);
        if (lease != null && lease.attempt.equals(attempt)) {
            return new Holder(lease.instance, state.fleet().must(lease.instance).id().name());
        }
        return job.past().pastAttempts(ordinal).stream().filter(past -> past.number() == attempt.number()).findFirst()
                .map(past -> new Holder(null, past.agent())).orElse(null);
    }

    /** The attempts of a job's tasks that agents hold; empty if there is no such job. */
    public List<AttemptId> leased(long id) {
        var job = state.job(id);
        return job == null ? List.of() : job.leases().stream().map(lease -> lease.attempt).toList();
    }

    /**
     * Whether nothing more comes of these tasks of a job (null: of all), or, if a number is given, of that attempt of each of them; true if
     * there is no such job.
     */
    public boolean isSettled(long id, @Nullable Indices some, int attempt) {
        var job = state.job(id);
        if (job == null || job.unfinished() == 0) {
            return true;
        }
        if (some == null && attempt == 0) {
            return false;
        }
        for (var range : (some == null ? job.origin.indices() : some).ranges()) {
            for (var index = range.first(); index <= range.last(); index += range.step()) {
                var ordinal = job.origin.indices().ordinalOf(index);
                if (ordinal >= 0 && !job.isFinished(ordinal) && (attempt == 0 || job.lastAttempt(ordinal) <= attempt)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The job that finished first; null if none has. */
    public @Nullable Long oldestFinished() {
        var oldest = state.jobs().oldestFinished();
        return oldest == null ? null : oldest.id();
    }

    /** Why a job stands as it does; null if there is no such job. */
    public Why.@Nullable OfJob why(long job) {
        return new Reasons(state, settings, time).job(job);
    }

    /** Why a task stands as it does; null if there is no such task. */
    public Why.@Nullable OfTask why(TaskId task) {
        return new Reasons(state, settings, time).task(task);
    }

    public List<Agent> agents() {
        return state.fleet().all().stream().map(this::view).toList();
    }

    private Agent view(AgentRecord agent) {
        var restraints = state.fleet().restraints();
        var stop = restraints.stopOf(agent.id().instance());
        var drain = restraints.drainOf(agent.id().instance());
        var quarantine = state.doubts().quarantineOf(agent.id().instance());
        List<AttemptId> held = List.copyOf(agent.held().keySet());
        return new Agent(agent.id(), stateOf(agent), agent.pid(), agent.slots(), held, agent.busy(), agent.version(),
                agent.lastSeenAt(), agent.labels(), stop != null
                        ? stop.reason()
                        : drain != null
                                ? drain.reason()
                                : quarantine != null ? Plain.quarantine(quarantine, DetourWalk.takers(state).isEmpty()) : "");
    }

    private Agent.State stateOf(AgentRecord agent) {
        if (state.fleet().isStopping(agent.id())) {
            return Agent.State.STOPPING;
        }
        if (silent(agent)) {
            return Agent.State.UNKNOWN;
        }
        return !state.fleet().takesTasks(agent)
                ? Agent.State.DRAINING
                : isQuarantined(agent) ? Agent.State.QUARANTINED : Agent.State.ALIVE;
    }

    private boolean isQuarantined(AgentRecord agent) {
        return state.doubts().isQuarantined(agent.id().instance());
    }

    public Counts status() {
        var jobs = new EnumMap<JobState, Long>(JobState.class);
        for (var each : JobState.values()) {
            jobs.put(each, 0L);
        }
        state.jobs().all().values().forEach(job -> jobs.merge(stateOf(job), 1L, Long::sum));
        var alive = state.fleet().all().stream().filter(agent -> !silent(agent)).toList();
        return new Counts(state.jobs().toStart(), state.unfinished(), settings.queueLimit(), state.nextPosition(),
                state.jobs().results(),
                jobs,
                alive.size(), alive.stream().filter(this::isQuarantined).count(),
                state.fleet().all().size() - alive.size(), alive.stream().mapToLong(AgentRecord::slots).sum(),
                alive.stream().mapToLong(AgentRecord::busy).sum(), state.open(), state.stop() != null,
                state.drafts().waiters().size());
    }

    public StopView stop() {
        var stop = state.stop();
        var tasks = 0L;
        var agents = new ArrayList<String>();
        var unreachable = new ArrayList<String>();
        if (stop != null) {
            tasks = new Stranded(state).before(stop);
            state.fleet().all().forEach(agent -> (silent(agent) ? unreachable : agents).add(agent.id().name()));
        } else {
            for (var id : state.fleet().stopping()) {
                var agent = state.fleet().of(id);
                (agent == null || silent(agent) ? unreachable : agents).add(id.name());
            }
        }
        return new StopView(tasks, agents, unreachable, stop != null);
    }

    /** The oldest first. */
    public List<Token> tokens() {
        return state.tokens().all().stream().map(Tokens.Kept::token).toList();
    }

    /** Logins by name, the oldest first. */
    public List<User> users() {
        return state.identities().all(Identity.OfUser.class)
                .map(user -> new User(user.name(), user.role(), user.identity(), user.joinedAt(), user.token()))
                .sorted(Comparator.comparing(User::name).thenComparing(User::joinedAt)).toList();
    }

    /** All who have joined and were not removed. */
    public List<Identity> identities() {
        return List.copyOf(state.identities().all());
    }

    /** Installations that were removed. */
    public List<Event.AgentRemoved> removals() {
        return List.copyOf(state.fleet().restraints().removed());
    }

    /** Null if nobody who joined is known by this id. */
    public @Nullable Identity identity(UUID id) {
        return state.identities().of(id);
    }

    public long cursor(String consumer) {
        return state.cursor(consumer);
    }

    public long nextPosition() {
        return state.nextPosition();
    }
}
