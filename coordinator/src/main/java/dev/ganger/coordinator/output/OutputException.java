package dev.ganger.coordinator.output;

/** What tasks wrote cannot be kept or read; the message is one sentence with the file and the next step. */
public final class OutputException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public OutputException(String message, Throwable cause) {
        super(message, cause);
    }

    public OutputException(String message) {
        super(message);
    }
}
