package dev.ganger.cli.view;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lines at the bottom of a terminal that change in place; where there is no terminal, nothing. */
public final class Live {
    private static final String UP = "\u001b[%dA";
    private static final String ERASE_BELOW = "\r\u001b[J";

    private final @Nullable TextStream err;
    private final int width;
    private int shown;

    Live(@Nullable TextStream err, int width) {
        this.err = err;
        this.width = width;
    }

    /** Instead of those before. */
    public void show(List<String> lines) {
        if (err != null) {
            clear();
            lines.forEach(line -> err.line(Width.cut(Harmless.text(line), width - 1)));
            err.flush();
            shown = lines.size();
        }
    }

    /** So that something else can be printed. */
    public void clear() {
        if (err != null && shown > 0) {
            err.bytes((UP.formatted(shown) + ERASE_BELOW).getBytes(StandardCharsets.US_ASCII));
            err.flush();
            shown = 0;
        }
    }
}
