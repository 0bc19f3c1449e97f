package dev.ganger.cli.client;

import org.jspecify.annotations.Nullable;

/** Why a verb could not do what it was asked, in one sentence for people and one word for programs. */
public final class Failure extends RuntimeException {
    private final Kind kind;

    public Failure(Kind kind, String message) {
        this(kind, message, null);
    }

    public Failure(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public static Failure usage(String message) {
        return new Failure(Kind.USAGE, message);
    }

    /** The same, and more. */
    public Failure with(String end) {
        return new Failure(kind, sentence() + end, this);
    }

    public Kind kind() {
        return kind;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }

    /** The kinds of failure, each with the exit code that scripts rely on. */
    public enum Kind {
        FAILED(1, "failed"), USAGE(2, "usage"), NOT_FOUND(3, "not-found"), UNREACHABLE(4, "unreachable"), NOT_ALLOWED(5,
                "not-allowed"), QUEUE_FULL(6,
                        "queue-full"), TIMEOUT(7, "timeout"), QUEUE_EMPTY(8, "queue-empty"), INTERRUPTED(130, "interrupted");

        private final int exitCode;
        private final String word;

        Kind(int exitCode, String word) {
            this.exitCode = exitCode;
            this.word = word;
        }

        public int exitCode() {
            return exitCode;
        }

        public String word() {
            return word;
        }
    }
}
