package dev.ganger.model;

import java.time.Duration;

/** The named bounds that both ends keep (law 5). */
public final class Limits {
    /** One argument, variable or entry must be smaller: Linux takes no single string of 128 KiB. */
    public static final int STRING_BYTES = 128 * 1024;
    /** All arguments and variables of a job together must be smaller. */
    public static final int COMMAND_BYTES = 1024 * 1024;
    /** The entries in one chunk of a submit, at most. */
    public static final int CHUNK_BYTES = 1024 * 1024;
    /** The bytes of each stream kept inside a result, at most. */
    public static final int INLINE_OUTPUT_BYTES = 64 * 1024;
    /** The bytes of each stream that are kept, unless the job says otherwise. */
    public static final long OUTPUT_BYTES = 1L << 30;
    /** A job's way to say that everything is kept. */
    public static final long ALL_OUTPUT = Long.MAX_VALUE;
    /** The bytes in one chunk of output, at most. */
    public static final int OUTPUT_CHUNK_BYTES = 256 * 1024;
    /** One message on a connection, at most. */
    public static final int MESSAGE_BYTES = 8 * 1024 * 1024;
    /** Names of jobs, agents, consumers and keys, at most. */
    public static final int NAME_LENGTH = 200;
    /** Tags of a job, at most. */
    public static final int TAGS = 64;
    /** What a task reads on its standard input, at most. */
    public static final int INPUT_BYTES = 1024 * 1024;
    /** A back-off, at most. */
    public static final Duration BACKOFF = Duration.ofDays(30);
    /** A task that was lost with its agent this often has failed, unless the job says otherwise. */
    public static final int DEFAULT_CRASH_LIMIT = 5;
    /** Retries of a task, at most. */
    public static final int RETRIES = 1_000_000;
    /** Tasks one agent runs at once, at most. */
    public static final int SLOTS = 10_000;
    /** Tasks one agent holds ahead of those it runs, at most. */
    public static final int AHEAD = 1_000;
    /** Labels of one agent, at most. */
    public static final int LABELS = 100;
    /** The value of a label, at most. */
    public static final int LABEL_LENGTH = 200;
    /** Processes of one attempt that could not be ended and are told by name, at most. */
    public static final int NAMED_SURVIVORS = 100;
    /** Specifications of jobs that an agent keeps in a stream: of those granted last. */
    public static final int KEPT_SPECS = 256;
    /** The largest index of a task. */
    public static final long INDEX = 1_000_000_000_000L;
    /** Tasks of one job, at most. */
    public static final int TASKS = 1_000_000_000;
    /** Ranges in one selection of indices, at most. */
    public static final int RANGES = 10_000;
    public static final Duration DEFAULT_LEASE = Duration.ofSeconds(60);
    public static final Duration DEFAULT_GRACE = Duration.ofSeconds(10);
    /** A beat is this part of a lease. */
    public static final int BEATS_PER_LEASE = 6;
    /** An agent that missed this many beats is shown as unknown. */
    public static final int BEATS_UNTIL_UNKNOWN = 2;

    private Limits() {}

    static String name(String what, String name) {
        if (name.length() > NAME_LENGTH) {
            throw new IllegalArgumentException(
                    "%s has at most %d characters, this one has %d".formatted(what, NAME_LENGTH, name.length()));
        }
        return name;
    }
}
