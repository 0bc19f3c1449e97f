package dev.ganger.cli.command;

import dev.ganger.cli.view.Progress;

/** Shows how much of the entries was read. */
@FunctionalInterface
interface EntryProgress {
    /** Begins to show it; a negative size is not known. */
    Progress begin(long sizeBytes);
}
