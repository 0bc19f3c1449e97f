package dev.ganger.cli.client;

/** Where the entries of a job come from. */
public interface EntrySource {
    /** Reads them from the start. Throws a Failure if it cannot. */
    Entries open();

    /** They can be read more than once. */
    boolean isRepeatable();
}
