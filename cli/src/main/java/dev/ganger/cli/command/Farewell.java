package dev.ganger.cli.command;

import dev.ganger.cli.client.Coordinator;
import dev.ganger.cli.client.StopProgress;
import dev.ganger.cli.view.Acts;
import dev.ganger.cli.view.Output;
import dev.ganger.cli.view.Words;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Follows STOP until the agents that can be reached are gone. */
final class Farewell {
    private final Coordinator coordinator;
    private final Output output;
    private final Set<String> seen = new LinkedHashSet<>();
    private final Set<String> named = new LinkedHashSet<>();
    private StopProgress last = new StopProgress(0, List.of(), List.of());
    private String said = "";

    Farewell(Coordinator coordinator, Output output) {
        this.coordinator = coordinator;
        this.output = output;
    }

    /** Without a word. */
    static void quietly(Coordinator coordinator) {
        coordinator.control().stop(false, false, Farewell::goesOn);
    }

    private static boolean goesOn(StopProgress news) {
        return news.tasksBefore() > 0 || !news.awaited().isEmpty();
    }

    void bid(boolean now, boolean skip) {
        coordinator.control().stop(now, skip, news -> {
            say(news);
            return goesOn(news);
        });
        var gone = seen.stream().filter(agent -> !last.unreachable().contains(agent)).toList();
        Acts.stopped(output, gone, last.unreachable());
    }

    private void say(StopProgress news) {
        last = news;
        seen.addAll(news.agents());
        for (var agent : news.unreachable()) {
            if (named.add(agent)) {
                output.note("agent " + agent + " cannot be reached; it gets STOP when it returns, and is not waited for");
            }
        }
        var phase = news.tasksBefore() > 0 ? "tasks" : "agents " + news.awaited();
        if (!phase.equals(said) && goesOn(news)) {
            said = phase;
            if (news.tasksBefore() > 0) {
                new Patience(coordinator, output, null).noteIfNoAgent();
            }
            output.news(news.tasksBefore() > 0
                    ? "waiting for " + Words.count(news.tasksBefore(), "task")
                    : "waiting for " + (news.awaited().size() == 1 ? "agent " : "agents ") + String.join(", ", news.awaited()));
        }
    }
}
