package dev.ganger.coordinator.simulation;

import dev.ganger.agent.core.Input;
import dev.ganger.coordinator.core.Event;
import dev.ganger.coordinator.core.State;
import dev.ganger.coordinator.core.Views;
import dev.ganger.coordinator.store.FakeStore;
import dev.ganger.model.AgentId;
import dev.ganger.model.AttemptId;
import dev.ganger.model.Bytes;
import dev.ganger.model.Ending;
import dev.ganger.model.Result;
import dev.ganger.model.TaskState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

import static dev.ganger.coordinator.simulation.BrokenLaw.unless;

/** What must hold in every history, checked as it goes. */
final class Laws {
    /** Replaying costs as much as the journal is long. */
    private static final int TURNS_BETWEEN_REPLAYS = 16;

    /** A pause so short is none. */
    private static final long A_MOMENT_MILLIS = 200;

    private final Agenda agenda;
    private final Plan plan;
    final Records records;
    private @Nullable Ledger ledger;
    private List<Worker> workers = List.of();
    private final Set<Long> mayBeForgotten = new HashSet<>();
    private final Set<String> saidGone = new HashSet<>();
    private final Set<AttemptId> lostByWord = new HashSet<>();
    private final Set<String> removed = new HashSet<>();
    private final Map<UUID, Long> lastSeen = new HashMap<>();
    private final Map<UUID, Long> newestStart = new HashMap<>();
    private final Set<AttemptId> returnedByAgent = new HashSet<>();
    private long leadSince;
    private long lastTurn;
    private long asleep;
    private long lastBatch;
    private long turns;
    private int resultsChecked;
    private List<Event> decided = List.of();
    private boolean told = true;
    /** Whether there was an event since all was counted. */
    private boolean happened = true;

    Laws(Agenda agenda, Plan plan) {
        this.agenda = agenda;
        this.plan = plan;
        this.records = new Records(plan, agenda::now);
    }

    void watch(Ledger processes, List<Worker> machines) {
        this.ledger = processes;
        this.workers = machines;
    }

    // ---- the coordinator

    void decided(List<Event> events) {
        asleep += Math.max(0, agenda.now() - lastTurn - Math.max(A_MOMENT_MILLIS, plan.settings().beat().toMillis()));
        lastTurn = agenda.now();
        decided = List.copyOf(events);
        told = false;
    }

    void told(List<Event> events) {
        told = true;
        events.forEach(this::apply);
    }

    void crashed() {
        records.waiters.clear();
    }

    /** What was durable and could not be told any more has happened nevertheless; what was told must have been durable. */
    void recovered(long last, Views views, long since) {
        unless(last >= lastBatch, "what is durable stays", "recovered %d of %d batches", last, lastBatch);
        var durable = decided.stream().filter(Event.Durable.class::isInstance).toList();
        if (!durable.isEmpty()) {
            var kept = last > lastBatch;
            unless(kept || !told, "nothing is told before it is durable", "%s", durable);
            if (kept && !told) {
                durable.forEach(this::apply);
            }
        }
        decided = List.of();
        lastBatch = last;
        lastTurn = since;
        asleep = 0;
        leadSince = since;
        records.recovered();
        lastSeen.clear();
        checkCounts(views);
        checkJobs(views);
        records.access.check(views);
    }

    void concluded(long batch, Views views, FakeStore store, State state, Shelf shelf) {
        decided = List.of();
        lastBatch = Math.max(lastBatch, batch);
        checkSilence();
        if (happened) {
            happened = false;
            checkCounts(views);
            checkWaiters();
            checkFailures();
        }
        if (batch > 0) {
            checkResults(store, shelf);
            if (++turns % TURNS_BETWEEN_REPLAYS == 0) {
                checkJobs(views);
                records.access.check(views);
                checkReplay(store, state);
            }
        }
    }

    /** All that can be checked at any time. */
    void checkAll(Coordinator coordinator) {
        checkCounts(coordinator.views());
        checkJobs(coordinator.views());
        records.access.check(coordinator.views());
        checkResults(coordinator.store(), coordinator.shelf());
        checkReplay(coordinator.store(), coordinator.state());
    }

    private void apply(Event event) {
        happened = true;
        switch (event) {
            case Event.AgentSeen seen -> lastSeen.put(seen.agent().instance(), awakeNow());
            case Event.AttemptsLost lost -> mayLose(lost);
            case Event.Finished last when last.state() == TaskState.FAILED && isAwayByWord(last.agent()) ->
                lostByWord.add(last.attempt());
            case Event.Returned returned -> returned.attempts().forEach(this::mayTakeBack);
            case Event.JobForgotten forgotten -> mayForget(forgotten);
            default -> {
            }
        }
        records.apply(event);
    }

    private void mayLose(Event.AttemptsLost lost) {
        var instance = lost.agent().instance();
        var silent = awakeNow() - lastSeen.getOrDefault(instance, leadSince) > plan.leaseMillis;
        if (lost.reason().contains("was removed")) {
            unless(removed.contains(lost.agent().name()), "nobody is removed unasked", "%s", lost);
            lostByWord.addAll(lost.attempts());
            return;
        }
        if (lost.reason().contains("is gone")) {
            unless(saidGone.contains(lost.agent().name())
                    && awakeNow() - lastSeen.getOrDefault(instance, leadSince) > plan.settings().beat().toMillis() * 2,
                    "an agent that beats is not gone", "%s", lost);
            lostByWord.addAll(lost.attempts());
            return;
        }
        var startedAgain = newestStart.getOrDefault(instance, 0L) > lost.agent().start();
        unless(silent || startedAgain, "no lease is lost while its agent beats", "%s", lost);
        if (!silent) {
            workers.stream().filter(worker -> worker.instance().equals(instance)).forEach(worker -> lost.attempts()
                    .forEach(attempt -> unless(!worker.keeps(attempt), "what a former life kept is not lost with it", "%s",
                            attempt)));
        }
    }

    private boolean isAwayByWord(AgentId agent) {
        return removed.contains(agent.name()) || saidGone.contains(agent.name());
    }

    /** Somebody says that this agent is gone. */
    void mayBeGone(String agent) {
        saidGone.add(agent);
    }

    /** Somebody removes this agent. */
    void mayBeRemoved(String agent) {
        removed.add(agent);
    }

    private void mayForget(Event.JobForgotten forgotten) {
        var finishedAt = records.job(forgotten.job()).finishedAt;
        var old = finishedAt != null && !forgotten.at().isBefore(finishedAt.plus(plan.retain));
        unless(mayBeForgotten.contains(forgotten.job()) || old,
                "a job is kept until it is old or somebody asks", "%s", forgotten);
    }

    /** Somebody asked. */
    void mayBeForgotten(long job) {
        mayBeForgotten.add(job);
    }

    /** An agent drops what it kept of an attempt. */
    void mayForget(AttemptId attempt) {
        unless(records.holder(attempt) == null, "what is kept is not dropped before it is recorded", "%s is still leased",
                attempt);
    }

    private void mayTakeBack(AttemptId attempt) {
        if (ledger != null && !returnedByAgent.contains(attempt)) {
            unless(!ledger.hasBegun(attempt), "what has begun is not taken back as if it had not", "%s", attempt);
        }
    }

    private void checkCounts(Views views) {
        var status = views.status();
        unless(status.unfinished() == records.unfinished && status.queued() == records.toStart(),
                "counts are what a recount gives",
                "%s, recounted %d and %d", status, records.unfinished, records.toStart());
        unless(status.results() == records.keptResults(0).size(), "counts are what a recount gives", "%d results, %d recorded",
                status.results(), records.keptResults(0).size());
        unless(status.position() == records.results.size() + 1, "counts are what a recount gives", "position %d after %d results",
                status.position(), records.results.size());
        unless(status.open() == records.open && status.stopping() == (records.stopBehind != null), "what was promised stays",
                "open %s, stopping %s", status.open(), status.stopping());
        records.cursors.forEach((consumer, next) -> unless(views.cursor(consumer) == next, "what was promised stays",
                "the cursor of %s is at %d, not %d", consumer, views.cursor(consumer), next));
    }

    private void checkJobs(Views views) {
        for (var record : records.jobs.values()) {
            var id = record.origin.job();
            var job = views.job(id);
            unless((job == null) == record.forgotten, "what was promised stays, and what is forgotten is gone", "job %d", id);
            if (job != null) {
                var tasks = job.tasks();
                unless(tasks.queued() == record.queued.size() && tasks.held() == record.held()
                        && tasks.waiting() == record.waiting() && tasks.succeeded() == record.succeeded
                        && tasks.failed() == record.failed && tasks.cancelled() == record.cancelled,
                        "counts are what a recount gives", "job %d: %s", id, tasks);
            }
        }
    }

    /** The time that a coordinator counts: of one in which it did nothing, no more than a beat. */
    private long awakeNow() {
        return agenda.now() - asleep;
    }

    /** Whoever is silent is noticed within two beats of the end of its lease, as far as the coordinator is awake. */
    private void checkSilence() {
        var latest = plan.leaseMillis + plan.settings().beat().toMillis() * 2;
        for (var agent : records.fleet.present()) {
            var since = lastSeen.getOrDefault(agent.instance(), leadSince);
            unless(awakeNow() - since <= latest, "who is silent is noticed within two beats of the lease's end", "%s, since %d",
                    agent, since);
        }
    }

    private void checkFailures() {
        for (var job : records.jobs.values()) {
            unless(!job.shouldHaveEnded(), "more failures than may be end the job", "job %d: %d failed", job.origin.job(),
                    job.failures);
        }
    }

    /** Of a turn's results every record is looked at, once. */
    private void checkResults(FakeStore store, Shelf shelf) {
        var news = store.read(resultsChecked + 1L, records.results.size() + 10);
        var expected = records.keptResults(resultsChecked);
        unless(news.size() == expected.size(), "each final task has one result", "%d results, %d recorded", news.size(),
                expected.size());
        for (var each = 0; each < news.size(); each++) {
            checkResult(news.get(each), expected.get(each), shelf);
        }
        resultsChecked = records.results.size();
    }

    private void checkResult(Result result, Records.Final expected, Shelf shelf) {
        var found = new Records.Final(result.task(), result.round(), result.attempt(), result.state(), result.earlier().size(),
                expected.early(), expected.crashes(), expected.movable());
        unless(found.equals(expected) && records.results.get((int) result.position() - 1).equals(expected),
                "a result tells what happened", "%s, expected %s", result, expected);
        var policy = records.job(result.task().job()).origin.spec().failure();
        if (result.run().ending() instanceof Ending.Lost) {
            unless(expected.crashes() + 1 == policy.crashLimit(), "a task may be lost as often as its limit says", "%s", result);
        } else {
            unless(!expected.early() || !Records.isRetried(policy, result.run().ending()), "a task has all of its retries", "%s",
                    result);
        }
        unless(!expected.movable() || !(result.run().ending() instanceof Ending.CannotStart),
                "a start that failed is moved while there is another agent", "%s", result);
        unless(result.run().isInline()
                || shelf.durable(result.task().attempt(result.attempt())) >= result.run().stdout().bytes(),
                "a recorded result has its output", "%s", result);
    }

    void checkReplay(FakeStore store, State state) {
        var fresh = new State();
        store.recover(fresh::apply);
        var live = state.snapshot();
        var replayed = fresh.snapshot();
        for (var each = 0; each < Math.min(live.size(), replayed.size()); each++) {
            unless(live.get(each).equals(replayed.get(each)), "replay equals live", "replayed %s%n    live %s",
                    replayed.get(each), live.get(each));
        }
        unless(live.size() == replayed.size(), "replay equals live", "replayed %s%n    live %s", replayed, live);
    }

    private void checkWaiters() {
        if (!records.waiters.isEmpty()) {
            var first = records.waiters.values().iterator().next().submit();
            var indices = first.indices();
            unless((indices == null || records.unfinished + indices.count() > plan.queueLimit) && records.open,
                    "a submit waits only while there is no room", "%s", first);
        }
    }

    // ---- agents and processes

    void booted(AgentId agent) {
        newestStart.put(agent.instance(), agent.start());
    }

    void returnedByAgent(List<AttemptId> attempts) {
        returnedByAgent.addAll(attempts);
    }

    void heardByAgent(AgentId agent, Input input) {
        switch (input) {
            case Input.Recorded(var attempts) -> attempts.forEach(attempt -> unless(records.holder(attempt) == null,
                    "what is acknowledged is recorded", "%s is still leased", attempt));
            case Input.StopAsked _ -> unless(records.wasStopped(agent), "only agents that STOP was released to hear it", "%s",
                    agent);
            default -> {
            }
        }
    }

    /** Its agent may live and not know yet that somebody gave it up. */
    boolean isLostByWord(AttemptId attempt) {
        return lostByWord.contains(attempt);
    }

    void mayBegin(AttemptId attempt, AgentId agent) {
        if (isLostByWord(attempt)) {
            return;
        }
        var holder = records.holder(attempt);
        unless(agent.equals(holder), "an agent starts only what is leased to it", "%s starts %s, leased by %s", agent, attempt,
                holder);
    }

    boolean isLost(AttemptId attempt) {
        return records.lost.contains(attempt);
    }

    void entryOf(AttemptId attempt, @Nullable Bytes entry) {
        var origin = records.job(attempt.job()).origin;
        var expected = origin.entries() ? Client.entry(origin.spec(), attempt.index()) : null;
        unless(Objects.equals(expected, entry), "a task gets its own entry", "%s got %s, not %s", attempt, entry,
                expected);
    }

    // ---- clients

    void accepted(String key, UUID draft, long job, boolean existed) {
        var record = records.job(job);
        unless(existed || record.origin.draft().equals(draft), "what is acknowledged is recorded", "job %d for %s", job, draft);
        unless(key.isEmpty() || Long.valueOf(job).equals(records.jobOfKey(key)), "a key makes one job", "'%s': %d, and %s", key,
                job, records.jobOfKey(key));
    }
}
