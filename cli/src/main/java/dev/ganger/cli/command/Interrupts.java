package dev.ganger.cli.command;

/** What Ctrl-C does. */
public interface Interrupts {
    /** Does this at the first Ctrl-C instead of leaving; a second one leaves at once. */
    void atFirst(Runnable action);

    /** Leaves at once, as interrupted. */
    void leave();
}
