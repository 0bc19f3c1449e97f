package dev.ganger.cli.command;

import dev.ganger.model.Bytes;
import dev.ganger.model.Ending;
import dev.ganger.model.JobSpec;
import dev.ganger.model.Run;
import dev.ganger.model.StreamOutput;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the fake's agent makes of a command: a language of a few words. */
final class Endings {
    static final Instant START = Instant.parse("2026-11-01T10:00:00.5Z");
    static final Duration LENGTH = Duration.ofMillis(1500);

    private Endings() {}

    /** Null: it runs until somebody cancels it. */
    static @Nullable Run of(JobSpec spec, Bytes entry, long index) {
        var words = spec.command().arguments().stream().map(argument -> argument.fill(new FakeValues(entry, index))).toList();
        var rest = join(words.subList(1, words.size()));
        var number = rest.toString().matches("[0-9]+") ? Integer.parseInt(rest.toString()) : 0;
        return switch (words.getFirst().toString()) {
            case "exit" -> run(new Ending.Exited(number), Bytes.EMPTY, Bytes.EMPTY, 0);
            case "kill" -> run(new Ending.Signaled(number), Bytes.EMPTY, Bytes.EMPTY, 0);
            case "warn" -> run(new Ending.Exited(0), Bytes.EMPTY, rest, 0);
            case "much" -> run(new Ending.Exited(0), rest, Bytes.EMPTY, 100);
            case "slow" -> run(new Ending.TimedOut(), Bytes.EMPTY, Bytes.EMPTY, 0);
            case "missing" ->
                Run.unseen(START, new Ending.CannotStart(Ending.Obstacle.NO_SUCH_PROGRAM, "no such program: missing"));
            case "forbidden" -> Run.unseen(START, new Ending.CannotStart(Ending.Obstacle.NOT_EXECUTABLE, ""));
            case "nowhere" -> Run.unseen(START, new Ending.CannotStart(Ending.Obstacle.NO_SUCH_DIRECTORY, ""));
            case "gone" -> Run.unseen(START, new Ending.Lost(""));
            case "stopped" -> Run.unseen(START, new Ending.Cancelled("by somebody"));
            case "sleep" -> null;
            default -> run(new Ending.Exited(0), rest, Bytes.EMPTY, 0);
        };
    }

    static Run run(Ending ending, Bytes stdout, Bytes stderr, long dropped) {
        return new Run(4711, START, START.plus(LENGTH), ending, Duration.ofMillis(250), Duration.ofMillis(50), 1024, 0,
                stream(stdout, dropped), stream(stderr, 0));
    }

    private static StreamOutput stream(Bytes bytes, long dropped) {
        return new StreamOutput(bytes.size() + dropped, StreamOutput.NOTHING.sha256(), dropped, bytes);
    }

    private static Bytes join(List<Bytes> words) {
        var joined = new java.io.ByteArrayOutputStream();
        for (var word : words) {
            if (joined.size() > 0) {
                joined.write(' ');
            }
            joined.writeBytes(word.toByteArray());
        }
        return Bytes.of(joined.toByteArray());
    }
}
