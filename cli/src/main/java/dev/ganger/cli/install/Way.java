package dev.ganger.cli.install;

/** How requests get to a host. */
public interface Way extends AutoCloseable {
    /** Throws a Failure if there is no getting there. */
    Answer ask(Request request, Payload payload) throws InterruptedException;

    /** As the user named the host. */
    String host();

    /** On this machine. */
    boolean isHere();

    @Override
    void close();
}
