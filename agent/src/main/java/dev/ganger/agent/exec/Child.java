package dev.ganger.agent.exec;

/** A started process and all it starts; its calls may come from any thread, at any time, and more than once. */
public interface Child {
    long pid();

    /** Asks the whole tree to end (TERM), and after the grace makes it (KILL). */
    void end();

    /** Makes the whole tree end at once. */
    void kill();
}
