package dev.ganger.cli.view;

import java.util.function.BiConsumer;

/** One object a line. */
final class JsonListing<T> implements Listing<T> {
    private final TextStream out;
    private final BiConsumer<Json, T> json;

    JsonListing(TextStream out, BiConsumer<Json, T> json) {
        this.out = out;
        this.json = json;
    }

    @Override
    public void add(T each) {
        out.bytes(Json.line(object -> json.accept(object, each)));
    }

    @Override
    public void flush() {
        out.flush();
    }

    @Override
    public void end() {}
}
