package dev.ganger.cli;

import dev.ganger.cli.command.Interrupts;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.utils.Signals;

/** The Ctrl-C of the terminal this program runs in, and the TERM of whoever ends it. */
final class ControlC implements Interrupts {
    /** Whoever sends TERM means the same. */
    private static final List<String> SIGNALS = List.of("INT", "TERM");
    private static final int INTERRUPTED = 130;

    private final AtomicBoolean pressed = new AtomicBoolean();

    @Override
    public void atFirst(Runnable action) {
        SIGNALS.forEach(signal -> Signals.register(signal, () -> {
            if (pressed.getAndSet(true)) {
                leave();
            }
            Thread.ofPlatform().daemon().start(action);
        }));
    }

    @Override
    public void leave() {
        Runtime.getRuntime().halt(INTERRUPTED);
    }
}
