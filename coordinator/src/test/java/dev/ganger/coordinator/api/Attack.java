package dev.ganger.coordinator.api;

import io.grpc.Status;
import io.grpc.Status.Code;

/**
 * One thing that somebody tries who should not.
 *
 * @param what   as people name it
 * @param result what comes of it
 */
record Attack(String what, Result result, Attempt attempt) {

    /** Tries it on a coordinator, and tells what came of it. */
    @FunctionalInterface
    interface Attempt {
        Result on(GuardedCoordinator target) throws Exception;
    }

    /** What comes of it. */
    sealed interface Result {
        /** The call ends so, and what is said contains this. */
        record Refused(Code code, String says) implements Result {
            @Override
            public String toString() {
                return "`%s`: … %s …".formatted(code, says);
            }
        }

        /** Something else, in words. */
        record Otherwise(String words) implements Result {
            @Override
            public String toString() {
                return words;
            }
        }

        static Result of(Status status) {
            return new Refused(status.getCode(), String.valueOf(status.getDescription()));
        }
    }

    static Attack refused(String what, Code code, String says, Attempt attempt) {
        return new Attack(what, new Result.Refused(code, says), attempt);
    }

    static Attack otherwise(String what, String words, Attempt attempt) {
        return new Attack(what, new Result.Otherwise(words), attempt);
    }

    /** Whether what came of it is what should. */
    boolean isAnsweredBy(Result found) {
        return found.equals(result) || result instanceof Result.Refused(var code, var says)
                && found instanceof Result.Refused(var heard, var said) && heard == code && said.contains(says);
    }
}
