package dev.ganger.cli.install;

import org.jspecify.annotations.Nullable;

/** What putting agents on machines needs of the coordinator; asked from several threads. */
public interface Reception {
    /** Lets one agent of this name in: a token for one use; null where nobody is asked for one. */
    @Nullable
    String admit(String name);

    /** An agent of this name is there. */
    boolean knows(String name);

    /** Whether it is there as this process, asked whenever somebody wants to know. */
    Meeting meeting(String name, long pid);

    /** Who knows whether the coordinator has met an agent. */
    enum Meeting {
        /** The coordinator has. */
        MET,
        /** It has not yet. */
        AWAITED,
        /** Nobody asks the coordinator: what the agent says of itself counts. */
        KNOWN_THERE
    }
}
