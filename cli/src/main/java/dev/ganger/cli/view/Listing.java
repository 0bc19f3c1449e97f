package dev.ganger.cli.view;

/** Many things of a kind, shown one after the other. */
public interface Listing<T> {
    void add(T each);

    /** Shows what was added so far, now. */
    void flush();

    /** There are no more; without this call what was not flushed is not shown. */
    void end();
}
