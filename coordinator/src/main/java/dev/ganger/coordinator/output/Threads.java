package dev.ganger.coordinator.output;

/** Waits for threads whatever comes. */
final class Threads {
    private Threads() {}

    static void join(Thread thread) {
        var interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
