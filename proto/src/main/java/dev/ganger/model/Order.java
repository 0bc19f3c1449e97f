package dev.ganger.model;

/**
 * When and where the tasks of a job run.
 *
 * @param priority   larger goes first; jobs of equal priority leave in the order they came
 * @param maxRunning how many of them run at once, at most; 0: no bound
 * @param agent      the only agent that may run them; empty: any
 */
public record Order(int priority, int maxRunning, String agent) {
    public static final Order DEFAULT = new Order(0, 0, "");

    public Order {
        if (maxRunning < 0) {
            throw new IllegalArgumentException("at least 1 task runs at once, not " + maxRunning);
        }
        Limits.name("the name of an agent", agent);
    }
}
