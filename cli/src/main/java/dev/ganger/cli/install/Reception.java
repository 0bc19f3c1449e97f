package dev.ganger.cli.install;

import org.jspecify.annotations.Nullable;

/** What putting agents on machines needs of the coordinator; asked from several threads. */
public interface Reception {
    /** Lets one agent of this name in: a token for one use; null where nobody is asked for one. */
    @Nullable
    String admit(String name);

    /** An agent of this name is there. */
    boolean knows(String name);

    /** It is there as this process. */
    boolean hasMet(String name, long pid);
}
