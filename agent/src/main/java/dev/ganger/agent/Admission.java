package dev.ganger.agent;

import dev.ganger.agent.link.Refusal;
import dev.ganger.trust.Trust;

/** Whether this agent is one of its coordinator's. */
sealed interface Admission {
    /** It is, and shows this. */
    record Granted(Trust trust) implements Admission {}

    /** It is not, and somebody must do something. */
    record Refused(Refusal refusal) implements Admission {
        Refused(String why) {
            this(new Refusal(why, false));
        }
    }

    /** Not yet: what it waits for. */
    record Awaited(String what) implements Admission {}
}
