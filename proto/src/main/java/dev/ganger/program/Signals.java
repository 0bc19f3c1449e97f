package dev.ganger.program;

import java.util.concurrent.atomic.AtomicInteger;
import sun.misc.Signal;

/** The signals that ask a program to end. */
public final class Signals {
    private Signals() {}

    /** Hears of every SIGTERM and SIGINT from now on, on a thread of its own. */
    public static void hear(Ending ending) {
        var seen = new AtomicInteger();
        for (var name : new String[]{"TERM", "INT"}) {
            Signal.handle(new Signal(name), signal -> ending.asked("SIG" + signal.getName(), seen.incrementAndGet()));
        }
    }

    /** What a signal does. */
    public interface Ending {
        /** The times count both signals, from 1. */
        void asked(String signal, int times);
    }
}
