package dev.ganger.coordinator.verify;

/** What was looked at, and why there was more than one attempt. */
final class Tally {
    long results;
    long attempts;
    /** Attempts that were lost with their agents. */
    long lost;
    /** Attempts that failed and were tried again. */
    long retried;
    /** Attempts that were given back before they did anything. */
    long returned;
    /** Rounds that somebody began anew. */
    long rounds;
    /** Attempts of which only an older version knew why. */
    long unrecorded;
    long outputBytes;
    long claimedStreams;
    long claimedBytes;
    /** Streams that were moved while they were read. */
    long moved;
}
