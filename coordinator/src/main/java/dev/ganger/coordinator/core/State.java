package dev.ganger.coordinator.core;

import dev.ganger.model.AgentId;
import dev.ganger.model.Ending;
import dev.ganger.model.TaskId;
import dev.ganger.model.TaskState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All that the coordinator knows. {@link #apply} is the only way in; replay after a restart uses the same. */
public final class State {
    private final Jobs jobs = new Jobs();
    private final Keys keys = new Keys();
    private final NavigableMap<String, Long> cursors = new TreeMap<>();
    private final Drafts drafts = new Drafts();
    private final Fleet fleet = new Fleet();
    private final Doubts doubts = new Doubts();
    private final Tokens tokens = new Tokens();
    private final Identities identities = new Identities();
    private long nextJob = 1;
    private long nextPosition = 1;
    private boolean open = true;
    private Event.@Nullable StopRequested stop;

    // ---- reading: for deciders and views

    @Nullable
    JobProgress job(long id) {
        return jobs.of(id);
    }

    Jobs jobs() {
        return jobs;
    }

    Keys keys() {
        return keys;
    }

    TaskQueue queue() {
        return jobs.queue();
    }

    Drafts drafts() {
        return drafts;
    }

    Fleet fleet() {
        return fleet;
    }

    Doubts doubts() {
        return doubts;
    }

    Tokens tokens() {
        return tokens;
    }

    Identities identities() {
        return identities;
    }

    long nextJob() {
        return nextJob;
    }

    long nextPosition() {
        return nextPosition;
    }

    /** Tasks that are not final: what the queue's limit bounds. */
    long unfinished() {
        return jobs.unfinished();
    }

    /** Tasks that may start. */
    long queued() {
        return jobs.queued();
    }

    /** When something happens by itself next that was said to, in monotonic milliseconds; the largest number if nothing does. */
    public long nextDue() {
        return jobs.waits().next();
    }

    /** Bytes of entries of drafts and of jobs that are not finished. */
    long storedBytes() {
        return jobs.entryBytes() + drafts.bytes();
    }

    boolean open() {
        return open;
    }

    Event.@Nullable StopRequested stop() {
        return stop;
    }

    /** Where a consumer reads next. */
    public long cursor(String consumer) {
        return cursors.getOrDefault(consumer, 1L);
    }

    // ---- changing

    /** The only mutator; failing is a bug. */
    public void apply(Event event) {
        switch (event) {
            case Event.ChunkStored stored -> drafts.store(stored);
            case Event.DraftDropped dropped -> drafts.remove(dropped.draft());
            case Event.Submitted submitted -> submit(submitted);
            case Event.AgentJoined joined -> fleet.join(joined);
            case Event.AgentLeft left -> fleet.leave(left.agent());
            case Event.AgentLost lost -> fleet.lose(lost.agent());
            case Event.Leased leased -> lease(leased);
            case Event.Returned returned -> returned.attempts().forEach(attempt -> drop(jobs.giveBack(attempt)));
            case Event.AttemptsLost lost -> lost.attempts().forEach(attempt -> drop(jobs.lose(lost, attempt)));
            case Event.AttemptFailed failed -> fail(failed);
            case Event.OfDoubt doubt -> applyDoubt(doubt);
            case Event.Finished finished -> finish(finished);
            case Event.LateReported _ -> {
            }
            case Event.Cancelled cancelled -> cancel(cancelled);
            case Event.OfTasks each -> jobs.apply(each);
            case Event.CancelRequested requested -> requested.attempts()
                    .forEach(attempt -> jobs.requestEnd(attempt, requested.reason()));
            case Event.Closed() -> open = false;
            case Event.Opened() -> open = true;
            case Event.StopRequested requested -> stop = requested;
            case Event.StopReleased released -> releaseStop(released);
            case Event.AgentDrained drained -> fleet.restraints().drain(drained);
            case Event.AgentResumed resumed -> resume(resumed.agent());
            case Event.AgentStopRequested requested -> fleet.restraints().requestStop(requested);
            case Event.AgentStopReleased released -> fleet.release(released);
            case Event.AgentRemoved removed -> remove(removed);
            case Event.OfAccess access -> applyAccess(access);
            case Event.JobForgotten forgotten -> forget(forgotten);
            case Event.KeyDropped dropped -> keys.drop(dropped);
            case Event.KeyKept kept -> keys.keep(kept);
            case Event.CursorMoved moved -> cursors.put(moved.consumer(), moved.next());
            case Event.CountersRestored restored -> restoreCounters(restored);
            case Event.JobRestored restored -> jobs.restore(restored)
                    .forEach(lease -> fleet.must(lease.instance).hold(lease));
            case Event.Transient passing -> applyTransient(passing);
        }
    }

    private void applyDoubt(Event.OfDoubt event) {
        switch (event) {
            case Event.AttemptMoved moved -> {
                drop(jobs.move(moved));
                holdAgainst(moved.agent(), moved.attempt().task(), moved.run().ending());
            }
            case Event.AgentSuspected suspected -> doubts.suspect(suspected);
            case Event.AgentQuarantined quarantined -> doubts.quarantine(quarantined);
            case Event.AgentTrusted trusted -> trust(trusted.agent());
            case Event.DoubtRestored restored -> doubts.restore(restored);
        }
    }

    private void fail(Event.AttemptFailed failed) {
        drop(jobs.fail(failed));
        holdAgainst(failed.agent(), failed.attempt().task(), failed.run().ending());
    }

    private void resume(AgentId agent) {
        fleet.restraints().resume(agent.instance());
        trust(agent);
    }

    private void applyTransient(Event.Transient event) {
        switch (event) {
            case Event.AgentAttached attached -> agent(attached.agent()).attach(attached.session());
            case Event.AgentDetached detached -> agent(detached.agent()).detach();
            case Event.AgentSeen seen -> agent(seen.agent()).seen(seen.sequence(), seen.now(), seen.at());
            case Event.RoomStated room -> agent(room.agent()).stateRoom(room.processed(), room.free(), room.ahead());
            case Event.AttemptsStarted started -> started.started()
                    .forEach(each -> jobs.lease(each.attempt()).started(each.pid(), each.startedAt()));
            case Event.Superseded _ -> {
            }
            case Event.Recalled recalled -> recalled.attempts().forEach(attempt -> jobs.lease(attempt).recall());
            case Event.WaitClocked clocked -> jobs.clock(clocked);
            case Event.CanaryClocked clocked -> doubts.clock(clocked);
            case Event.DetourClocked clocked -> jobs.detours().clock(clocked);
            case Event.DraftTouched touched -> drafts.touch(touched.draft(), touched.now());
            case Event.SubmitDeferred deferred -> drafts.defer(deferred);
            case Event.SubmitRefused refused -> drafts.stopWaiting(refused.draft());
            case Event.SubmitMatched matched -> drafts.stopWaiting(matched.draft());
            case Event.SubmitWithdrawn withdrawn -> drafts.stopWaiting(withdrawn.draft());
        }
    }

    private void applyAccess(Event.OfAccess event) {
        switch (event) {
            case Event.TokenCreated created -> tokens.create(created);
            case Event.TokenRevoked revoked -> tokens.revoke(revoked);
            case Event.TokenForgotten(var id) -> tokens.forget(id);
            case Event.IdentityJoined(var identity, var uses) -> {
                identities.join(identity);
                if (uses) {
                    tokens.use(identity);
                }
            }
            case Event.UserRemoved removed -> removed.logins().forEach(identities::remove);
        }
    }

    private void remove(Event.AgentRemoved removed) {
        fleet.remove(removed);
        identities.remove(removed.agent().instance());
        doubts.remove(removed.agent().instance());
    }

    private void submit(Event.Submitted submitted) {
        keys.take(submitted);
        jobs.submit(submitted, drafts.remove(submitted.draft()).bytes());
        nextJob = Math.max(nextJob, submitted.job() + 1);
    }

    private void lease(Event.Leased leased) {
        var agent = agent(leased.agent());
        var leases = jobs.lease(leased);
        leases.forEach(agent::hold);
        agent.grant(leased.number(), leases.size());
        doubts.lease(agent.id().instance(), leases);
    }

    private void drop(Lease lease) {
        fleet.must(lease.instance).drop(lease);
        doubts.end(lease);
    }

    /** What failed on one of several agents may succeed on another. */
    private void holdAgainst(AgentId agent, TaskId task, Ending ending) {
        var job = jobs.must(task.job());
        if (!job.origin.agentOf(job.origin.indices().ordinalOf(task.index())).isEmpty() || fleet.all().size() == 1) {
            return;
        }
        var started = !(ending instanceof Ending.CannotStart);
        if (doubts.fail(agent, task, started) || !started) {
            jobs.avoid(task, agent.instance(), !started);
        }
    }

    private void trust(AgentId agent) {
        doubts.trust(agent.instance()).forEach(task -> jobs.forgive(task, agent.instance()));
    }

    private void finish(Event.Finished finished) {
        drop(jobs.finish(finished));
        doubts.close(finished.attempt().task());
        if (finished.state() == TaskState.SUCCEEDED) {
            var agent = finished.agent().instance();
            doubts.succeed(agent).forEach(task -> jobs.forgive(task, agent));
        }
        nextPosition = finished.position() + 1;
    }

    private void cancel(Event.Cancelled cancelled) {
        nextPosition = cancelled.position() + jobs.cancel(cancelled);
        var job = jobs.must(cancelled.job());
        doubts.close(job.id(), task -> job.isFinished(job.origin.indices().ordinalOf(task.index())));
    }

    private void forget(Event.JobForgotten forgotten) {
        keys.outlive(jobs.forget(forgotten).origin, forgotten.at());
    }

    private void releaseStop(Event.StopReleased released) {
        stop = null;
        fleet.release(released);
    }

    private AgentRecord agent(AgentId id) {
        return fleet.must(id.instance());
    }

    // ---- snapshots

    /** The durable part as a short list of events: applied to an empty state they give this one. */
    public List<Event.Durable> snapshot() {
        var events = new ArrayList<Event.Durable>();
        events.add(new Event.CountersRestored(nextJob, nextPosition));
        fleet.snapshot(events);
        tokens.snapshot(events);
        identities.snapshot(events);
        jobs.snapshot(events);
        doubts.snapshot(events);
        drafts.open().entrySet().stream().sorted(Map.Entry.comparingByKey(Comparator.naturalOrder())).forEach(
                each -> events.add(new Event.ChunkStored(each.getKey(), each.getValue().chunks(),
                        (int) each.getValue().entries(), each.getValue().bytes())));
        events.addAll(keys.past());
        cursors.forEach((consumer, next) -> events.add(new Event.CursorMoved(consumer, next)));
        if (!open) {
            events.add(new Event.Closed());
        }
        if (stop != null) {
            events.add(stop);
        }
        return events;
    }

    private void restoreCounters(Event.CountersRestored restored) {
        nextJob = restored.nextJob();
        nextPosition = restored.nextPosition();
    }
}
