package dev.ganger.cli.command;

import dev.ganger.cli.client.Accepted;
import dev.ganger.cli.client.Coordinator;
import dev.ganger.cli.client.Failure;
import dev.ganger.cli.client.QueueFull;
import dev.ganger.cli.client.Submission;
import dev.ganger.cli.view.Output;
import dev.ganger.cli.view.Words;
import dev.ganger.model.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Hands a job to the coordinator, with the progress and the remarks that go with it. */
final class Submitter {
    private static final Bytes STANDARD_INPUT = Bytes.utf8("-");

    private final Surroundings surroundings;
    private final Output output;
    private boolean saidThatItWaits;

    Submitter(Invocation invocation) {
        this.surroundings = invocation.surroundings();
        this.output = invocation.output();
    }

    Accepted submit(Coordinator coordinator, JobOptions options) {
        var file = options.eachLine;
        if (file == null) {
            var tasks = options.array == null ? new Submission.Single() : new Submission.Array(options.array);
            return coordinator.submit(options.submission(tasks), this::waiting);
        }
        if (options.array != null) {
            throw Failure.usage("--array and --each-line both say which tasks there are; give one of them");
        }
        try (var in = file.equals(STANDARD_INPUT) ? surroundings.in() : open(file);
                var progress = output.progress("reading lines", -1)) {
            var source = file.equals(STANDARD_INPUT) ? "the standard input" : "'" + file + "'";
            var entries = new LineEntries(in, source, progress::at);
            return coordinator.submit(options.submission(new Submission.EachEntry(entries)), this::waiting);
        } catch (IOException problem) {
            throw unreadable(file, problem.getMessage(), problem);
        }
    }

    private static InputStream open(Bytes file) throws IOException {
        try {
            return Files.newInputStream(Path.of(file.toString()));
        } catch (NoSuchFileException problem) {
            throw unreadable(file, "no such file", problem);
        } catch (InvalidPathException problem) {
            throw unreadable(file, "the locale cannot express its name; use '--each-line - < FILE'", problem);
        }
    }

    private static Failure unreadable(Bytes file, @org.jspecify.annotations.Nullable String reason, Exception cause) {
        return new Failure(Failure.Kind.USAGE, "cannot read '" + file + "': " + reason, cause);
    }

    private void waiting(QueueFull full) {
        if (!saidThatItWaits) {
            saidThatItWaits = true;
            output.note("queue full: %d of %s; waiting for room, %s ahead".formatted(
                    full.queued(), Words.count(full.limit(), "task"), Words.count(full.ahead(), "job")));
        }
    }
}
