package dev.ganger.coordinator.core;

import dev.ganger.coordinator.core.TaskQueue.Place;
import dev.ganger.model.TaskId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Why a queued task has not started: what stands before it, which agents could run it, and what is in the way. */
final class QueuedReasons {
    private final State state;
    private final Settings settings;
    private final Time time;

    QueuedReasons(State state, Settings settings, Time time) {
        this.state = state;
        this.settings = settings;
        this.time = time;
    }

    List<String> of(JobProgress job, int ordinal) {
        var id = new TaskId(job.id(), job.origin.indices().indexAt(ordinal));
        var sentences = new ArrayList<String>();
        var stop = state.stop();
        if (stop != null && job.id() > stop.behind()) {
            sentences.add("%s stands behind STOP, which was asked for at %s: it waits for agents that are started after that."
                    .formatted(id, Plain.time(stop.at())));
        }
        var order = job.origin.spec().order();
        if (order.maxRunning() > 0 && job.leaseCount() >= order.maxRunning()) {
            sentences.add(
                    "Job %d runs at most %s at once (--max-running), and so many are with agents: %s waits until one of them ends."
                            .formatted(job.id(), Plain.count(order.maxRunning(), "task"), id));
        }
        var agent = job.origin.agentOf(ordinal);
        sentences.addAll(agent.isEmpty() ? anyAgent(id) : List.of(oneAgent(id, agent)));
        sentences.addAll(detour(job.past().avoided(ordinal), id));
        sentences.add(before(job, ordinal, id));
        return sentences;
    }

    // ---- agents

    private List<String> anyAgent(TaskId id) {
        var agents = state.fleet().all();
        if (agents.isEmpty()) {
            return List.of("%s may run on any agent, and there is none; start one with 'ganger agent run'.".formatted(id));
        }
        var byObstacle = new LinkedHashMap<String, List<String>>();
        for (var agent : agents) {
            byObstacle.computeIfAbsent(obstacle(agent), _ -> new ArrayList<>()).add(agent.id().name());
        }
        var sentences = new ArrayList<String>();
        sentences.add("%s may run on any agent; there %s:".formatted(id,
                agents.size() == 1 ? "is 1" : "are " + agents.size()));
        for (Map.Entry<String, List<String>> group : byObstacle.entrySet()) {
            sentences.add("%s: %s.".formatted(Plain.names(group.getValue()), group.getKey()));
        }
        return sentences;
    }

    private String oneAgent(TaskId id, String name) {
        var agent = state.fleet().named(name);
        return agent == null
                ? "%s may run only on agent '%s', which is not there; start it with 'ganger agent run --name %s'."
                        .formatted(id, name, name)
                : "%s may run only on agent '%s': %s.".formatted(id, name, obstacle(agent));
    }

    /** Why an agent does not start a task now. */
    private String obstacle(AgentRecord agent) {
        var restraints = state.fleet().restraints();
        var instance = agent.id().instance();
        var stop = restraints.stopOf(instance);
        var drain = restraints.drainOf(instance);
        var silent = agent.silentFor(time.now()) > settings.unknownAfterMillis();
        if (state.fleet().isStopping(agent.id())) {
            return "got STOP and ends";
        } else if (silent) {
            return "silent since " + Plain.time(agent.lastSeenAt());
        } else if (stop != null) {
            return "to be stopped since %s%s, takes nothing more".formatted(Plain.time(stop.at()), Plain.because(stop.reason()));
        } else if (drain != null) {
            return "drained since %s%s, until 'ganger agent resume %s'".formatted(Plain.time(drain.at()),
                    Plain.because(drain.reason()), agent.id());
        } else if (!agent.attached()) {
            return "not connected at the moment";
        }
        var doubt = state.doubts().of(instance);
        return doubt == null || doubt.quarantine() == null ? room(agent) : quarantined(agent, doubt, doubt.quarantine());
    }

    private String quarantined(AgentRecord agent, Doubt doubt, Event.AgentQuarantined quarantine) {
        var canary = doubt.canary();
        return "quarantined (%s), until a try succeeds%s or 'ganger agent resume %s'".formatted(
                Plain.quarantine(quarantine, DetourWalk.takers(state).isEmpty()),
                canary == null ? "" : ", which is " + canary + " now,", agent.id());
    }

    private static String room(AgentRecord agent) {
        if (agent.free() > 0) {
            return Plain.count(agent.free(), "free slot");
        }
        return agent.held().size() >= agent.slots()
                ? agent.slots() == 1 ? "its only slot is busy" : "all " + agent.slots() + " slots busy"
                : "asks for no tasks now, as with a full spool or while it ends";
    }

    /** Which agents it is kept from. */
    private List<String> detour(Avoided avoided, TaskId id) {
        var sentences = new ArrayList<String>();
        var unable = names(avoided.unable());
        if (!unable.isEmpty()) {
            sentences.add(
                    "%s could not start %s, which goes to another agent while there is one.".formatted(Plain.names(unable), id));
        }
        var failed = names(avoided.failed());
        if (!failed.isEmpty()) {
            sentences.add("%s failed on %s, where nothing has succeeded since: other agents go first for %s.".formatted(id,
                    Plain.names(failed), Plain.length(settings.lease())));
        }
        return sentences;
    }

    private List<String> names(Collection<UUID> agents) {
        return agents.stream().map(state.fleet()::of).filter(Objects::nonNull).map(agent -> agent.id().name()).toList();
    }

    // ---- the queue

    private String before(JobProgress job, int ordinal, TaskId id) {
        var tasks = tasksBefore(job, ordinal);
        return tasks == 0
                ? "No task is before it."
                : "%s %s before it, of those that its agents could run.".formatted(Plain.count(tasks, "task"),
                        tasks == 1 ? "is" : "are");
    }

    /** Tasks that go first to the agents that could run this one. */
    private long tasksBefore(JobProgress job, int ordinal) {
        var place = Place.of(job);
        var own = job.origin.agentOf(ordinal);
        var tasks = tasksBefore("", place) + state.jobs().detours().before(place);
        if (own.isEmpty()) {
            for (var agent : state.fleet().all()) {
                tasks += state.fleet().takesTasks(agent) ? tasksBefore(agent.id().name(), place) : 0;
            }
        } else {
            tasks += tasksBefore(own, place);
        }
        if (job.origin.agents().isEmpty()) {
            for (var earlier = job.nextQueued(0); earlier >= 0 && earlier < ordinal; earlier = job.nextQueued(earlier + 1)) {
                tasks++;
            }
        }
        return tasks;
    }

    private long tasksBefore(String agent, Place place) {
        return state.queue().lane(agent).headMap(place, false).values().stream()
                .mapToLong(job -> job.origin.agents().isEmpty() ? TaskQueue.startable(job) : 1).sum();
    }
}
