package dev.ganger.cli.command;

import dev.ganger.cli.client.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Parameters;

/** Tells what a verb does, for those who ask with a word. */
@Command(name = "help", customSynopsis = "ganger help [VERB]", description = "Tell what a verb does, its options, and an example.", footer = {
        "",
        "Example:", "  ganger help agent run"})
final class HelpCommand implements Verb {
    private final Invocation invocation;

    @Parameters(paramLabel = "VERB", arity = "0..*", description = "The verb, also one of two words. Default: tell what verbs there are.")
    List<String> words = new ArrayList<>();

    HelpCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public int run() {
        invocation.output().line(text(String.join(" ", words)).stripTrailing());
        return 0;
    }

    private String text(String name) {
        if (name.isEmpty()) {
            return Overview.text() + Overview.options();
        }
        var verb = CommandLines.of(invocation, words.toArray(String[]::new));
        for (var word : words) {
            verb = verb == null ? null : verb.getSubcommands().get(word);
        }
        if (verb != null) {
            return verb.getCommand() instanceof VerbFamily family ? Overview.family(family) : verb.getUsageMessage(Ansi.OFF);
        }
        if (Verbs.allNames().contains(name)) {
            return Programs.of(invocation.surroundings()).start(Stream.concat(words.stream(), Stream.of("--help")).toList())
                    .said();
        }
        var near = Suggestions.ofVerb(name);
        throw Failure.usage("no such verb: '" + name + "'" + (near.isEmpty() ? "; see 'ganger --help'" : near));
    }
}
