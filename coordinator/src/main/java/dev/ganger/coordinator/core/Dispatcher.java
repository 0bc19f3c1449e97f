package dev.ganger.coordinator.core;

import dev.ganger.coordinator.core.Command.Done;
import java.util.List;

/** All that can happen: decides what a command means for the state it reads, and changes nothing. */
public final class Dispatcher {
    private final State state;
    private final Submissions submissions;
    private final Members members;
    private final Reports reports;
    private final Controls controls;
    private final TaskControls taskControls;
    private final AgentControls agents;
    private final Retention retention;
    private final Admissions admissions;
    private final List<Rule> rules;

    /** Something that happens by itself once its time has come. */
    @FunctionalInterface
    private interface Rule {
        void find(Findings found, Time time);
    }

    public Dispatcher(State state, Settings settings) {
        this.state = state;
        this.submissions = new Submissions(state, settings);
        this.members = new Members(state, settings);
        var quarantines = new Quarantines(state, settings);
        this.reports = new Reports(state, quarantines);
        this.controls = new Controls(state);
        this.taskControls = new TaskControls(state, settings);
        this.agents = new AgentControls(state, settings);
        this.admissions = new Admissions(state);
        this.retention = new Retention(state, settings);
        var backoffs = new Backoffs(state);
        var scheduler = new Scheduler(state, settings);
        this.rules = List.of(members::loseSilent, submissions::dropAbandoned, submissions::refuseWaiters, submissions::admit,
                taskControls::endFailing, backoffs::clock, backoffs::end, controls::releaseStop, agents::releaseStops,
                quarantines::begin, quarantines::clock, quarantines::clockDetours, scheduler::grant, scheduler::recall,
                retention::forgetOld, retention::dropOldKeys,
                admissions::forgetOver);
    }

    /** The reply has the type that the command names. */
    @SuppressWarnings("unchecked")
    public <R> Decision<R> decide(Command<R> command, Time time) {
        return (Decision<R>) switch (command) {
            case Command.StoreChunk chunk -> submissions.storeChunk(chunk, time);
            case Command.Submit submit -> submissions.submit(submit, time);
            case Command.DropDraft drop -> submissions.drop(drop.draft());
            case Command.Cancel cancel -> taskControls.cancel(cancel, time);
            case Command.Hold hold -> taskControls.hold(hold, time);
            case Command.Release release -> taskControls.release(release, time);
            case Command.Retry retry -> taskControls.retry(retry, time);
            case Command.Forget(var job) -> retention.forget(job, time);
            case Command.Close _ -> controls.close();
            case Command.Open _ -> controls.open();
            case Command.Stop stop -> controls.stop(stop, time);
            case Command.MoveCursor move -> controls.moveCursor(move);
            case Command.DrainAgent drain -> agents.drain(drain, time);
            case Command.ResumeAgent(var name) -> agents.resume(name, time);
            case Command.StopAgent stop -> agents.stop(stop, time);
            case Command.GiveUpAgent gone -> agents.giveUp(gone, time);
            case Command.RemoveAgent remove -> agents.remove(remove, time);
            case Command.CreateToken create -> admissions.create(create, time);
            case Command.RevokeToken(var id) -> admissions.revoke(id, time);
            case Command.Join join -> admissions.join(join, time);
            case Command.RemoveUser(var name) -> admissions.remove(name, time);
            case Command.Attach attach -> members.attach(attach, time);
            case Command.Beat beat -> members.beat(beat, time);
            case Command.Pull pull -> members.pull(pull);
            case Command.Report report -> reports.report(report, time);
            case Command.Goodbye goodbye -> members.goodbye(goodbye, time);
            case Command.Detach detach -> members.detach(detach);
        };
    }

    /**
     * What follows from the state and the time without a command: silent agents are lost, waiters admitted, jobs with too many failures ended,
     * waits ended, STOP released, tasks granted.
     * To be applied and asked again until nothing follows.
     */
    public Decision.Accepted<Done> consequence(Time time) {
        for (var rule : rules) {
            var found = new Findings(state, time);
            rule.find(found, time);
            if (!found.isEmpty()) {
                return (Decision.Accepted<Done>) found.reply(Done.DONE);
            }
        }
        return new Decision.Accepted<>(List.of(), List.of(), Done.DONE);
    }
}
