package dev.ganger.cli.command;

import dev.ganger.model.Job;

/** What jobs must be like for a verb to be about them. */
interface Filter {
    /** Whether anything was asked for. */
    boolean isGiven();

    boolean admits(Job job);
}
