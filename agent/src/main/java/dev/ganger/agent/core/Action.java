package dev.ganger.agent.core;

import dev.ganger.model.AttemptId;
import dev.ganger.model.Run;
import java.time.Instant;
import java.util.List;

/** What an agent does about what it heard. */
public sealed interface Action {

    /** Open a stream to the coordinator. */
    record Connect() implements Action {}

    /** Give up the stream, on which nothing is heard; Disconnected follows. */
    record Disconnect() implements Action {}

    /** Say something on the stream. */
    sealed interface Say extends Action {}

    /** I live, and hold this; the first one of a stream introduces the agent. */
    record Beat(boolean hello, long sequence, long processed, List<AttemptId> held) implements Say {
        public Beat {
            held = List.copyOf(held);
        }
    }

    /** The room there is. */
    record Pull(long processed, int free, int ahead) implements Say {}

    /** What happened. */
    record Report(List<Running> started, List<Over> ended, List<AttemptId> returned) implements Say {
        public Report {
            started = List.copyOf(started);
            ended = List.copyOf(ended);
            returned = List.copyOf(returned);
        }
    }

    /** A process runs. */
    record Running(AttemptId attempt, long pid, Instant at) {}

    /** An attempt is over. */
    record Over(AttemptId attempt, Run run) {}

    /** I leave. */
    record Goodbye(boolean stopped) implements Say {}

    /** Start the process of an attempt. */
    record Start(Assignment assignment) implements Action {}

    /** End the process tree of an attempt: TERM, grace, KILL. */
    record End(AttemptId attempt) implements Action {}

    /** Say that the drain has taken as long as it may: what still runs is ended now. */
    record LosePatience() implements Action {}

    /** Keep what became of an attempt, for a later life to report, until it is to be forgotten. */
    record Keep(Over over) implements Action {}

    /** Drop what is kept of an attempt and of its output. */
    record Forget(AttemptId attempt) implements Action {}

    /** Close the stream and end the agent. */
    record Leave() implements Action {}
}
