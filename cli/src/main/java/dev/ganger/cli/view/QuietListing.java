package dev.ganger.cli.view;

import java.util.function.Function;

/** One id a line. */
final class QuietListing<T> implements Listing<T> {
    private final TextStream out;
    private final Function<T, String> id;

    QuietListing(TextStream out, Function<T, String> id) {
        this.out = out;
        this.id = id;
    }

    @Override
    public void add(T each) {
        out.line(Harmless.text(id.apply(each)));
    }

    @Override
    public void flush() {
        out.flush();
    }

    @Override
    public void end() {}
}
