package dev.ganger.cli.command;

import dev.ganger.cli.client.Accepted;
import dev.ganger.cli.client.Failure;
import dev.ganger.cli.client.Failure.Kind;
import dev.ganger.cli.view.Output;
import dev.ganger.cli.view.Words;
import dev.ganger.model.Ending;
import dev.ganger.model.Result;
import dev.ganger.model.TaskState;

/** Knows how the tasks of one run ended, and so how the run does. */
final class RunTally {
    private static final int TIMED_OUT = 124;
    private static final int GANGER_FAILED = 125;
    private static final int CANNOT_EXECUTE = 126;
    private static final int NO_SUCH_PROGRAM = 127;
    private static final int SIGNAL_BASE = 128;

    private final Output output;
    private final boolean several;
    private long succeeded;
    private long others;
    private int code;

    RunTally(Output output, boolean several) {
        this.output = output;
        this.several = several;
    }

    void add(Result result) {
        var run = result.run();
        if (result.state() == TaskState.SUCCEEDED) {
            succeeded++;
            return;
        }
        others++;
        code = code(run.ending());
        if (!several && !(run.ending() instanceof Ending.Exited)) {
            var where = result.agent().isEmpty() ? "" : " on agent " + result.agent();
            output.note("task " + result.task() + where + ": " + Words.sentence(run.ending()));
        }
    }

    long count() {
        return succeeded + others;
    }

    int exitCode(Accepted accepted) {
        if (succeeded + others < accepted.tasks()) {
            throw new Failure(Kind.FAILED, "job %d ended with %d of %s; 'ganger show %d' tells more".formatted(
                    accepted.job(), succeeded + others, Words.count(accepted.tasks(), "result"), accepted.job()));
        }
        if (!several) {
            return code;
        }
        if (others > 0) {
            output.note("job " + accepted.job() + ": " + succeeded + " succeeded, " + others + " did not; 'ganger results "
                    + accepted.job() + "' tells more");
        }
        return others == 0 ? 0 : 1;
    }

    private static int code(Ending ending) {
        return switch (ending) {
            case Ending.Exited(var exitCode) -> exitCode;
            case Ending.Signaled(var signal) -> SIGNAL_BASE + signal;
            case Ending.TimedOut _ -> TIMED_OUT;
            case Ending.CannotStart(var obstacle, _) -> switch (obstacle) {
                case NO_SUCH_PROGRAM -> NO_SUCH_PROGRAM;
                case NOT_EXECUTABLE -> CANNOT_EXECUTE;
                case NO_SUCH_DIRECTORY, OTHER -> GANGER_FAILED;
            };
            case Ending.Lost _,Ending.Cancelled _ -> GANGER_FAILED;
        };
    }
}
