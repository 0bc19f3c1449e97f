package dev.ganger.model;

/**
 * The queues and the agents as a whole.
 *
 * @param queued     tasks that wait to start, held and waiting ones included
 * @param unfinished tasks that are not final: what the limit bounds
 * @param limit      the bound of the task queue
 * @param results    results that are kept in the done queue
 * @param position   the position of the next result
 * @param output     bytes on disk that tasks wrote
 * @param waiting    submits that wait for room
 */
public record Status(
        long queued,
        long unfinished,
        long limit,
        long results,
        long position,
        long output,
        Jobs jobs,
        Agents agents,
        boolean open,
        boolean stopping,
        double resultsPerSecond,
        long waiting,
        String version) {

    /** Jobs by state. */
    public record Jobs(long queued, long running, long succeeded, long failed, long cancelled) {}

    /** Agents that beat, those of them that are quarantined, agents that are silent, and the slots of those that beat. */
    public record Agents(long alive, long quarantined, long unknown, long slots, long busy) {}
}
