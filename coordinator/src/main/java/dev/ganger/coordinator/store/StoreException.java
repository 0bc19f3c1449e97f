package dev.ganger.coordinator.store;

/** The disk failed, or holds something else than what was written: one sentence that names the place. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
