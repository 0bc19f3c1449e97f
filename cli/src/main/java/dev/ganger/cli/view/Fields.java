package dev.ganger.cli.view;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything about one thing: a name and a value a line. */
public final class Fields {
    private final List<String> lines = new ArrayList<>();
    private final int indent;

    Fields() {
        this(0);
    }

    private Fields(int indent) {
        this.indent = indent;
    }

    Fields add(String name, @Nullable Object value) {
        if (value != null && !value.toString().isEmpty()) {
            lines.add(" ".repeat(indent) + name + " ".repeat(Math.max(2, 14 - indent - name.length()))
                    + Harmless.text(value.toString()));
        }
        return this;
    }

    /** More about one part, below its title. */
    Fields part(String title, java.util.function.Consumer<Fields> content) {
        lines.add(" ".repeat(indent) + Harmless.text(title));
        var part = new Fields(indent + 2);
        content.accept(part);
        lines.addAll(part.lines);
        return this;
    }

    List<String> lines() {
        return lines;
    }
}
