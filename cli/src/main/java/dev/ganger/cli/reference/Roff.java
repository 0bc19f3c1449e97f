package dev.ganger.cli.reference;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** A manual page as it grows, in the macros of man(7); what is text stays text. */
final class Roff {
    private static final Pattern LITERAL = Pattern.compile("\\[?-.*|[a-z][a-z-]*");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\W*\\p{Lu}[\\p{Lu}:|-]*\\W*");

    private final StringBuilder page = new StringBuilder();

    /** The date is a day, as 2026-11-01. */
    Roff(String name, String date, String version) {
        page.append(".TH ").append(escaped(name.toUpperCase(Locale.ROOT))).append(" 1 \"").append(date).append("\" \"ganger ")
                .append(escaped(version)).append("\" \"Ganger\"\n.ad l\n.nh\n");
    }

    Roff section(String title) {
        page.append(".SH ").append(escaped(title)).append('\n');
        return this;
    }

    /** The line that apropos reads. */
    Roff name(String name, String does) {
        section("NAME");
        page.append(escaped(name)).append(" \\- ").append(escaped(does)).append('\n');
        return this;
    }

    Roff text(String text) {
        line(escaped(text));
        return this;
    }

    /** A command line: words that are typed as they are in bold, what stands for something in italics. */
    Roff synopsis(String synopsis) {
        var words = List.of(synopsis.split(" ")).stream().map(Roff::word).toList();
        line(String.join(" ", words));
        return this;
    }

    private static String word(String word) {
        if (LITERAL.matcher(word).matches()) {
            return bold(word);
        }
        return PLACEHOLDER.matcher(word).matches() ? italic(word) : escaped(word);
    }

    /** A term and what it means. */
    Roff item(String term, String means) {
        page.append(".TP\n");
        line(term);
        return text(means.isEmpty() ? "\u00a0" : means);
    }

    /** Lines that stay as they are. */
    Roff example(List<String> lines) {
        page.append(".RS 4\n.nf\n");
        lines.forEach(each -> line(escaped(each)));
        page.append(".fi\n.RE\n");
        return this;
    }

    static String bold(String text) {
        return "\\fB" + escaped(text) + "\\fR";
    }

    static String italic(String text) {
        return "\\fI" + escaped(text) + "\\fR";
    }

    /** At the beginning of a line a dot or an apostrophe would be a command. */
    private void line(String text) {
        page.append(text.startsWith(".") ? "\\&" : "").append(text).append('\n');
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(each -> {
            switch (each) {
                case '\\' -> escaped.append("\\e");
                case '-' -> escaped.append("\\-");
                case '\'' -> escaped.append("\\(aq");
                case '"' -> escaped.append("\\(dq");
                case '`' -> escaped.append("\\(ga");
                case '^' -> escaped.append("\\(ha");
                case '~' -> escaped.append("\\(ti");
                default -> escaped.append(each < 0x80 ? Character.toString(each) : "\\[u%04X]".formatted(each));
            }
        });
        return escaped.toString();
    }

    @Override
    public String toString() {
        return page.toString();
    }
}
