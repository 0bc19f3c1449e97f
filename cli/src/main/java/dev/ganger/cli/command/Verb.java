package dev.ganger.cli.command;

import dev.ganger.cli.client.Failure;

/** What a user can ask for. */
interface Verb {
    /** Does it and gives the exit code. */
    int run();

    /** The exit code of a call that failed. */
    default int exitCode(Failure failure) {
        return failure.kind().exitCode();
    }
}
