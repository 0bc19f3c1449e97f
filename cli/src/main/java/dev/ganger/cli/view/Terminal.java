package dev.ganger.cli.view;

import java.util.function.IntSupplier;

/**
 * What the streams of this process are connected to.
 *
 * @param out   standard output is a terminal
 * @param err   standard error is a terminal
 * @param width the columns of that terminal; asked only if there is one
 */
public record Terminal(boolean out, boolean err, IntSupplier width) {
    public static final Terminal NONE = new Terminal(false, false, () -> 80);
}
