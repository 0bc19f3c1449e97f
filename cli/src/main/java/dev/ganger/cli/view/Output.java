package dev.ganger.cli.view;

import java.io.OutputStream;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where a verb prints: results to standard output in the format asked for, everything else to standard error. */
public final class Output {
    private final TextStream out;
    private final TextStream err;
    private final Format format;
    private final Terminal terminal;
    private final boolean colours;

    public Output(OutputStream out, OutputStream err, Format format, Terminal terminal, boolean colours) {
        this.out = new TextStream(out);
        this.err = new TextStream(err);
        this.format = format;
        this.terminal = terminal;
        this.colours = colours && terminal.out();
    }

    public Format format() {
        return format;
    }

    public <T> Listing<T> list(Shape<T> shape) {
        return list(shape, null);
    }

    /** In another format than all else; null: in the same. */
    public <T> Listing<T> list(Shape<T> shape, @Nullable Format other) {
        return switch (other == null ? format : other) {
            case TABLE ->
                new TableListing<>(out, shape.columns(), new Layout(terminal.out() ? terminal.width().getAsInt() : 0, colours));
            case JSON -> new JsonListing<>(out, shape.json());
            case QUIET -> new QuietListing<>(out, shape.id());
            case CSV -> new CsvListing<>(out, shape.fields(), shape.json());
        };
    }

    /** One thing, shown as in a list of one. */
    public <T> void only(Shape<T> shape, T thing) {
        var listing = list(shape);
        listing.add(thing);
        listing.end();
    }

    /** One thing: {@code words} for people, an object for programs, an id if it has one. */
    <T> void one(T thing, BiConsumer<Fields, T> words, BiConsumer<Json, T> json, @Nullable String id) {
        switch (format) {
            case TABLE -> {
                var fields = new Fields();
                words.accept(fields, thing);
                fields.lines().forEach(out::line);
            }
            case JSON -> out.bytes(Json.line(object -> json.accept(object, thing)));
            case QUIET, CSV -> {
                if (id != null) {
                    out.line(Harmless.text(id));
                }
            }
        }
    }

    /** What was done: a sentence for people, an object for programs, an id if there is one. */
    void done(String sentence, Consumer<Json> json, @Nullable String id) {
        switch (format) {
            case TABLE -> sentence.lines().forEach(line -> out.line(Harmless.text(line)));
            case JSON -> out.bytes(Json.line(json));
            case QUIET, CSV -> {
                if (id != null) {
                    out.line(Harmless.text(id));
                }
            }
        }
    }

    /** A line between two things, for people. */
    public void blank() {
        if (format == Format.TABLE) {
            out.line("");
        }
    }

    /** What tasks write, an object a line. */
    public TaskOutput jsonLines() {
        return new JsonLines(out);
    }

    /** A line on standard output, whatever the format. */
    public void line(String text) {
        out.line(text);
    }

    /** What tasks write, byte by byte. */
    public TaskOutput raw() {
        return new TaskStreams(new Outlet(out, false, null), new Outlet(err, false, null), false);
    }

    /** The same for looking at it: what goes to a terminal does it no harm; each line can be marked with its task. */
    public TaskOutput shown(boolean marked) {
        return new TaskStreams(new Outlet(out, marked, terminal.out() ? new Visible() : null),
                new Outlet(err, marked, terminal.err() ? new Visible() : null), terminal.out() && terminal.err());
    }

    /** What is going on, on standard error. */
    public void news(String sentence) {
        out.flush();
        err.line(Harmless.text(sentence));
        err.flush();
    }

    /** A remark on standard error, at once. */
    public void note(String sentence) {
        out.flush();
        err.line("ganger: " + Harmless.text(sentence));
        err.flush();
    }

    /** The error of a call, as a sentence or as JSON. */
    public void error(String word, String sentence) {
        if (format == Format.JSON) {
            err.bytes(Json.line(json -> json.object("error", error -> error.text("code", word).text("message", sentence))));
        } else {
            err.line("ganger: " + Harmless.text(sentence));
        }
        err.flush();
    }

    /** Lines on standard error that explain an error further. */
    public void details(String lines) {
        lines.lines().forEach(line -> err.line(Harmless.text(line)));
        err.flush();
    }

    /** A bar on the terminal behind standard error; none if there is no terminal or programs read along. */
    public Progress progress(String what, long max) {
        return progress(what, max, 0);
    }

    /** The same for what is done in part: its speed is that of what is left. */
    public Progress progress(String what, long max, long done) {
        return terminal.err() && format == Format.TABLE
                ? Progress.bar(what, max, done, terminal.width().getAsInt())
                : Progress.NONE;
    }

    /** The same of bytes, in MiB; a negative size is not known. */
    public Progress progressOfBytes(String what, long size) {
        return terminal.err() && format == Format.TABLE
                ? Progress.ofBytes(what, size, terminal.width().getAsInt())
                : Progress.NONE;
    }

    /** The same while tasks write to standard output, if that is no terminal: a bar and what they write would run into each other. */
    public Progress progressBeside(String what, long max) {
        return terminal.out() ? Progress.NONE : progress(what, max);
    }

    /** Lines that change in place on the terminal behind standard error; none if there is no terminal or programs read along. */
    public Live live() {
        return terminal.err() && format == Format.TABLE ? new Live(err, terminal.width().getAsInt()) : new Live(null, 0);
    }

    /** A remark for somebody who sits before a terminal. */
    public void remark(String sentence) {
        if (terminal.err() && format == Format.TABLE) {
            note(sentence);
        }
    }

    public void flush() {
        out.flush();
        err.flush();
    }
}
