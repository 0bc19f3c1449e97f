package dev.ganger.cli;

import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Keeps the libraries below from logging to the terminal: what went wrong is said in one sentence of our own. */
final class Silence {
    /** Held, because a logger that nobody holds forgets its level. */
    private static final List<Logger> LOGGERS = List.of(Logger.getLogger("io.grpc"), Logger.getLogger("io.netty"));

    private Silence() {}

    /** Before the first connection. Netty would start the logging of the servers, if that is on the class path. */
    static void fall() {
        LOGGERS.forEach(logger -> logger.setLevel(Level.OFF));
        InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
    }
}
