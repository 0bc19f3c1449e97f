package dev.ganger.coordinator.loop;

import dev.ganger.coordinator.core.Event;
import dev.ganger.model.AgentId;
import dev.ganger.model.AttemptId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Tells watchers of durable events, each only of its topic. */
final class Feed {
    private static final Topic RESULTS = new Topic.Results();
    private static final Topic FORGOTTEN = new Topic.Forgotten();
    private static final Topic AGENTS = new Topic.Agents();
    private static final Topic ACCESS = new Topic.Access();
    private final Map<Topic, List<Watcher>> watchers = new ConcurrentHashMap<>();

    Core.Subscription watch(Topic topic, Watcher watcher) {
        watchers.compute(topic, (_, present) -> {
            var list = present == null ? new CopyOnWriteArrayList<Watcher>() : present;
            list.add(watcher);
            return list;
        });
        return () -> watchers.computeIfPresent(topic, (_, list) -> {
            list.remove(watcher);
            return list.isEmpty() ? null : list;
        });
    }

    void publish(List<Event> events) {
        if (watchers.isEmpty() || events.isEmpty()) {
            return;
        }
        var heard = new LinkedHashMap<Topic, List<Event>>();
        for (var event : events) {
            topics(event).distinct().filter(watchers::containsKey)
                    .forEach(topic -> heard.computeIfAbsent(topic, _ -> new ArrayList<>()).add(event));
        }
        heard.forEach((topic, news) -> watchers.getOrDefault(topic, List.of()).forEach(watcher -> watcher.heard(news)));
    }

    private static Stream<Topic> topics(Event event) {
        return switch (event) {
            case Event.Submitted submitted -> Stream.of(new Topic.OfDraft(submitted.draft()), new Topic.OfJob(submitted.job()));
            case Event.DraftDropped dropped -> Stream.of(new Topic.OfDraft(dropped.draft()));
            case Event.SubmitRefused refused -> Stream.of(new Topic.OfDraft(refused.draft()));
            case Event.SubmitMatched matched -> Stream.of(new Topic.OfDraft(matched.draft()));
            case Event.Leased leased -> Stream.concat(Stream.of(agent(leased.agent())),
                    leased.grants().stream().map(grant -> new Topic.OfJob(grant.job())));
            case Event.Returned returned -> jobs(returned.attempts());
            case Event.AttemptsLost lost -> jobs(lost.attempts());
            case Event.AttemptsStarted started ->
                started.started().stream().map(each -> new Topic.OfJob(each.attempt().job()));
            case Event.AttemptFailed failed -> Stream.of(new Topic.OfJob(failed.attempt().job()));
            case Event.AttemptMoved moved -> Stream.of(new Topic.OfJob(moved.attempt().job()));
            case Event.Finished finished -> Stream.of(new Topic.OfJob(finished.attempt().job()), RESULTS);
            case Event.JobForgotten forgotten -> Stream.of(new Topic.OfJob(forgotten.job()), FORGOTTEN);
            case Event.Cancelled cancelled -> Stream.of(new Topic.OfJob(cancelled.job()), RESULTS);
            case Event.OfTasks each -> Stream.of(new Topic.OfJob(each.job()));
            case Event.CancelRequested requested -> Stream.of(agent(requested.agent()));
            case Event.Superseded superseded -> Stream.of(agent(superseded.agent()));
            case Event.Recalled recalled -> Stream.of(agent(recalled.agent()));
            case Event.AgentSeen seen -> Stream.of(agent(seen.agent()));
            case Event.AgentAttached attached -> Stream.of(agent(attached.agent()), AGENTS);
            case Event.AgentDetached _,Event.AgentJoined _,Event.LateReported _ -> Stream.of(AGENTS);
            case Event.AgentLeft left -> Stream.of(agent(left.agent()), AGENTS);
            case Event.AgentLost lost -> Stream.of(agent(lost.agent()), AGENTS);
            case Event.StopRequested _,Event.AgentDrained _,Event.AgentResumed _,Event.AgentStopRequested _,Event.AgentQuarantined _,Event.AgentTrusted _ ->
                Stream.of(AGENTS);
            case Event.AgentStopReleased released -> Stream.of(agent(released.agent()), AGENTS);
            case Event.AgentRemoved removed -> Stream.of(agent(removed.agent()), AGENTS, ACCESS);
            case Event.OfAccess _ -> Stream.of(ACCESS);
            case Event.StopReleased released ->
                Stream.concat(Stream.of(AGENTS), released.agents().stream().map(Feed::agent));
            case Event.ChunkStored _,Event.Closed _,Event.Opened _,Event.CursorMoved _,Event.KeyDropped _,Event.KeyKept _,Event.CountersRestored _,Event.JobRestored _,Event.RoomStated _,Event.WaitClocked _,Event.CanaryClocked _,Event.DetourClocked _,Event.AgentSuspected _,Event.DoubtRestored _,Event.DraftTouched _,Event.SubmitDeferred _,Event.SubmitWithdrawn _ ->
                Stream.empty();
        };
    }

    private static Topic agent(AgentId agent) {
        return new Topic.OfAgent(agent.instance());
    }

    private static Stream<Topic> jobs(List<AttemptId> attempts) {
        return attempts.stream().map(attempt -> new Topic.OfJob(attempt.job()));
    }
}
