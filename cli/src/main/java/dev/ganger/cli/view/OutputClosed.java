package dev.ganger.cli.view;

import java.io.IOException;

/** Nobody reads what is printed: the other end of the pipe is gone, or the disk is full. */
public final class OutputClosed extends RuntimeException {
    OutputClosed(IOException cause) {
        super("cannot write: " + cause.getMessage(), cause);
    }
}
