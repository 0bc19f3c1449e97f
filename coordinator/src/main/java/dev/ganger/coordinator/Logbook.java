package dev.ganger.coordinator;

import dev.ganger.coordinator.core.Event;
import dev.ganger.coordinator.loop.Core;
import dev.ganger.coordinator.loop.Topic;
import dev.ganger.model.AgentId;
import dev.ganger.model.AttemptId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells operators, in the log, which agents were given up and what they reported too late: no command says it when it happens. */
final class Logbook implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Logbook.class);
    /** A log that is not read any more does not stop the coordinator: what does not fit is not logged. */
    private static final int LINES = 1_000;
    private static final int NAMED = 3;

    private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(LINES);
    private final Core.Subscription subscription;
    private final Thread thread;

    /** To be made after the core was started. */
    Logbook(Core core) {
        this.subscription = core.watch(new Topic.Agents(), this::heard);
        this.thread = Thread.ofPlatform().daemon().name("logbook").start(this::write);
    }

    private void heard(List<Event> events) {
        var late = new LinkedHashMap<AgentId, List<AttemptId>>();
        for (var event : events) {
            switch (event) {
                case Event.AgentLost lost ->
                    lines.offer(("agent '%s' was silent for longer than its lease and is given up: what it held is "
                            + "queued again, without using up a retry").formatted(lost.agent().name()));
                case Event.LateReported report ->
                    late.computeIfAbsent(report.agent(), _ -> new ArrayList<>()).add(report.attempt());
                default -> {
                }
            }
        }
        late.forEach((agent, attempts) -> lines.offer(line(agent, attempts)));
    }

    private static String line(AgentId agent, List<AttemptId> attempts) {
        var named = String.join(", ", attempts.stream().limit(NAMED).map(AttemptId::toString).toList());
        var more = attempts.size() > NAMED ? " and %d more".formatted(attempts.size() - NAMED) : "";
        return "agent '%s' reports too late how %s%s ended: what counts is decided without it; it is kept in the journal, and changes no result"
                .formatted(agent.name(), named, more);
    }

    private void write() {
        try {
            while (true) {
                LOG.warn("{}", lines.take());
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        subscription.close();
        thread.interrupt();
    }
}
