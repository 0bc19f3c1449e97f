package dev.ganger.agent;

import dev.ganger.trust.Trust;

/** Whether this agent is one of its coordinator's. */
sealed interface Admission {
    /** It is, and shows this. */
    record Granted(Trust trust) implements Admission {}

    /** It is not, and somebody must do something; a sentence. */
    record Refused(String why) implements Admission {}

    /** Not yet: what it waits for. */
    record Awaited(String what) implements Admission {}
}
