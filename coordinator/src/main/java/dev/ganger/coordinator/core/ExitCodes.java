package dev.ganger.coordinator.core;

import dev.ganger.model.Ending;

/** The exit code that each ending of an attempt counts as, the same that {@code ganger run} ends with. */
final class ExitCodes {
    private static final int OTHER = 125;
    private static final int NOT_EXECUTABLE = 126;
    private static final int NO_SUCH_PROGRAM = 127;
    private static final int TIMED_OUT = 124;
    private static final int SIGNALS = 128;

    private ExitCodes() {}

    static int of(Ending ending) {
        return switch (ending) {
            case Ending.Exited(var code) -> code;
            case Ending.Signaled(var signal) -> SIGNALS + signal;
            case Ending.TimedOut() -> TIMED_OUT;
            case Ending.CannotStart(var obstacle, _) -> switch (obstacle) {
                case NOT_EXECUTABLE -> NOT_EXECUTABLE;
                case NO_SUCH_PROGRAM -> NO_SUCH_PROGRAM;
                case NO_SUCH_DIRECTORY, OTHER -> OTHER;
            };
            case Ending.Lost _,Ending.Cancelled _ -> OTHER;
        };
    }
}
