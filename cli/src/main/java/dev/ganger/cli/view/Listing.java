package dev.ganger.cli.view;

/** Many things of a kind, shown one after the other. */
public interface Listing<T> extends AutoCloseable {
    void add(T each);

    /** Shows what was added so far, now. */
    void flush();

    @Override
    void close();
}
