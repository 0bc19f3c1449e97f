package dev.ganger.cli;

import dev.ganger.cli.command.Interrupts;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.utils.Signals;

/** The Ctrl-C of the terminal this program runs in. */
final class ControlC implements Interrupts {
    private static final int INTERRUPTED = 130;

    private final AtomicBoolean pressed = new AtomicBoolean();

    @Override
    public void atFirst(Runnable action) {
        Signals.register("INT", () -> {
            if (pressed.getAndSet(true)) {
                leave();
            }
            Thread.ofPlatform().daemon().start(action);
        });
    }

    @Override
    public void leave() {
        Runtime.getRuntime().halt(INTERRUPTED);
    }
}
