package dev.ganger.model;

/** How an attempt ended. */
public sealed interface Ending {

    default boolean succeeded() {
        return this instanceof Exited(var code) && code == 0;
    }

    /** It called exit with 0 to 255. */
    record Exited(int code) implements Ending {}

    /** A signal ended it. */
    record Signaled(int signal) implements Ending {}

    /** It ran longer than its timeout and was ended. */
    record TimedOut() implements Ending {}

    /** The agent could not start it. */
    record CannotStart(Obstacle obstacle, String text) implements Ending {}

    /** Its agent was lost. */
    record Lost(String text) implements Ending {}

    /** Somebody cancelled it, for a reason that may be empty. */
    record Cancelled(String text) implements Ending {}

    /** What is in the way of a start. */
    enum Obstacle {
        NO_SUCH_PROGRAM, NOT_EXECUTABLE, NO_SUCH_DIRECTORY, OTHER
    }
}
