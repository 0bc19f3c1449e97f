package dev.ganger.cli.command;

/** The fake coordinator for the tests of the program as a process. */
public final class LoopbackCoordinator implements AutoCloseable {
    private final FakeCoordinator coordinator = new FakeCoordinator();

    public String address() {
        return coordinator.address();
    }

    /** Nobody can reach it any more. */
    public void vanish() {
        coordinator.vanish();
    }

    public String cancelReason() {
        return coordinator.cancelReason;
    }

    @Override
    public void close() {
        coordinator.close();
    }
}
