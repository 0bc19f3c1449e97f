package dev.ganger.model;

/** The two streams of a process. */
public enum StreamName {
    STDOUT, STDERR
}
