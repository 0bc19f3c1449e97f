package dev.ganger.agent.output;

import dev.ganger.model.StreamOutput;

/** The two streams of one attempt. */
public record TaskOutput(StreamCollector stdout, StreamCollector stderr, boolean mayBeTriedAgain) {

    /** All of standard output, once, at the end. */
    public StreamOutput stdoutAtEnd(boolean succeeded) {
        return stdout.end(mayBeTriedAgain && !succeeded);
    }

    /** The same of standard error. */
    public StreamOutput stderrAtEnd(boolean succeeded) {
        return stderr.end(mayBeTriedAgain && !succeeded);
    }
}
