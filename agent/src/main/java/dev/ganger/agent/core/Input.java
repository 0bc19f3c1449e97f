package dev.ganger.agent.core;

import dev.ganger.model.AttemptId;
import dev.ganger.model.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What an agent can hear. */
public sealed interface Input {

    // ---- from the coordinator

    /** A stream is open; nothing was said on it yet. */
    record Opened() implements Input {}

    /** The coordinator accepted the stream. */
    record Welcomed(Duration lease, Duration beat) implements Input {}

    /** A beat was processed. */
    record BeatAnswered(long sequence) implements Input {}

    /** Attempts to run; the grant is complete when more is false. */
    record Granted(long number, boolean more, List<Assignment> assignments) implements Input {
        public Granted {
            assignments = List.copyOf(assignments);
        }
    }

    /** These reports are durable. */
    record Recorded(List<AttemptId> attempts) implements Input {
        public Recorded {
            attempts = List.copyOf(attempts);
        }
    }

    /** These attempts are to be ended and reported. */
    record CancelAsked(List<AttemptId> attempts) implements Input {
        public CancelAsked {
            attempts = List.copyOf(attempts);
        }
    }

    /** These attempts are no longer ours. */
    record Superseded(List<AttemptId> attempts) implements Input {
        public Superseded {
            attempts = List.copyOf(attempts);
        }
    }

    /** Those of these that have not started are wanted back. */
    record Recalled(List<AttemptId> attempts) implements Input {
        public Recalled {
            attempts = List.copyOf(attempts);
        }
    }

    /** STOP. */
    record StopAsked(boolean now) implements Input {}

    /** The stream is gone, or could not be opened. */
    record Disconnected() implements Input {}

    // ---- from the processes

    /** A process runs. */
    record Started(AttemptId attempt, long pid, Instant at) implements Input {}

    /** A process and all it started have ended, or it could not be started. */
    record Ended(AttemptId attempt, Run run) implements Input {}

    // ---- from the spool

    /** All that an ended attempt wrote and that is not inside its run is stored by the coordinator, or not wanted there. */
    record OutputStored(AttemptId attempt) implements Input {}

    /** The spool is so full that nothing more should be begun, or has room again. */
    record SpoolFilled(boolean scarce) implements Input {}

    // ---- from the machine

    /** Take nothing more, and end when what runs has ended. */
    record Drain() implements Input {}

    /** End what runs now; it goes back to the queue. */
    record EndNow() implements Input {}

    /** Time has passed. */
    record Tick() implements Input {}
}
