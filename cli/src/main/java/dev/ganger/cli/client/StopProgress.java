package dev.ganger.cli.client;

import java.util.List;

/**
 * How far STOP is.
 *
 * @param tasksBefore tasks that must be final first
 * @param agents      agents that have not gone yet
 * @param unreachable of those, the silent ones
 */
public record StopProgress(long tasksBefore, List<String> agents, List<String> unreachable) {
    public StopProgress {
        agents = List.copyOf(agents);
        unreachable = List.copyOf(unreachable);
    }

    /** The agents that are waited for. */
    public List<String> awaited() {
        return agents.stream().filter(agent -> !unreachable.contains(agent)).toList();
    }
}
