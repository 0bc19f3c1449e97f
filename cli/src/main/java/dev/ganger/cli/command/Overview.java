package dev.ganger.cli.command;

import dev.ganger.wire.Build;
import java.util.List;

/** What 'ganger', 'ganger --help' and 'ganger --version' print. */
final class Overview {
    static final String GANGER = "Ganger runs commands on many machines: a queue of tasks, a queue of results.";
    private static final int GAP = 2;

    private Overview() {}

    static String text() {
        var text = new StringBuilder(GANGER + "\n");
        var width = width(Verbs.GROUPS.stream().flatMap(group -> group.entries().stream()).toList());
        for (var group : Verbs.GROUPS) {
            text.append('\n').append(group.title()).append('\n');
            group.entries().forEach(entry -> append(text, entry, width));
        }
        return text.append("\n'ganger VERB --help' tells more and gives an example.\n").toString();
    }

    private static int width(List<Verbs.Entry> entries) {
        return entries.stream().mapToInt(entry -> line(entry).length()).max().orElse(0) + GAP;
    }

    private static String line(Verbs.Entry entry) {
        return "ganger " + entry.name() + (entry.parameters().isEmpty() ? "" : " " + entry.parameters());
    }

    private static void append(StringBuilder text, Verbs.Entry entry, int width) {
        var line = line(entry);
        text.append("  ").append(line).append(" ".repeat(width - line.length())).append(entry.summary()).append('\n');
    }

    /** What 'ganger agent' prints: some of it is the agent's own program, some is asked of the coordinator. */
    static String family(VerbFamily family) {
        var text = new StringBuilder(family.about() + "\n\n");
        var entries = Verbs.beginningWith(family.words());
        entries.forEach(entry -> append(text, entry, width(entries)));
        return text
                .append("\n" + family.list() + "'ganger " + family.words() + " VERB --help' tells more and gives an example.\n")
                .toString();
    }

    static String options() {
        return """

                Options of every verb
                  --coordinator HOST:PORT   where the coordinator is; else GANGER_COORDINATOR; else where the context says
                  --context CONTEXT         which coordinator, and who you are there; else GANGER_CONTEXT; see 'context list'
                  --insecure                plain text, to a coordinator on this machine that was started so
                  -o table|json|quiet       for people, for programs, or ids only; else GANGER_OUTPUT; else table
                  --no-color                no colours; also NO_COLOR, and whenever the output is no terminal
                  --debug                   with an error, also print where it arose
                  --help, --version
                coordinator, context, insecure, output and no-color are also keys of client.yaml, in ~/.config/ganger or /etc/ganger;
                'ganger config' shows what is in effect, and GANGER_CONFIG names another file.
                """;
    }

    static String version() {
        return "ganger " + Build.VERSION;
    }
}
