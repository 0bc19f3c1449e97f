package dev.ganger.agent.exec;

/** Wakes the loop from any thread, also when the loop has ended: its descriptor may then be somebody else's. */
final class WakeUp {
    private final int descriptor = LibC.orFail("an event descriptor", Descriptors.event());
    private boolean open = true;

    int descriptor() {
        return descriptor;
    }

    synchronized void raise() {
        if (open) {
            Descriptors.raise(descriptor);
        }
    }

    void lower() {
        Descriptors.lower(descriptor);
    }

    synchronized void close(Epoll epoll) {
        open = false;
        epoll.removeAndClose(descriptor);
    }
}
