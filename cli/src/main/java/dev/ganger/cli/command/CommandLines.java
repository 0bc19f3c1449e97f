package dev.ganger.cli.command;

import dev.ganger.cli.reference.Shell;
import dev.ganger.cli.view.Format;
import dev.ganger.model.Backoff;
import dev.ganger.model.Bytes;
import dev.ganger.model.JobState;
import dev.ganger.model.Tag;
import dev.ganger.model.TaskState;
import dev.ganger.wire.Address;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;

/** Sets the parser up. Only verbs whose names stand among the arguments are added: looking at all of them costs start-up time. */
final class CommandLines {
    /** Verbs of two words, by their first. */
    private static final Map<String, Supplier<Object>> GROUPS = Map.of("agent", AgentVerbs::new, "coordinator",
            CoordinatorVerbs::new);
    private static final List<String> WITH_COMMAND = List.of("submit", "run");

    private CommandLines() {}

    static CommandLine of(Invocation invocation, String... arguments) {
        var line = new CommandLine(invocation);
        for (var name : new LinkedHashSet<>(List.of(arguments))) {
            var verb = name.contains(" ") ? null : Verbs.named(name);
            if (verb != null) {
                line.addSubcommand(name, new CommandLine(verb.apply(invocation)));
            }
        }
        GROUPS.forEach((word, group) -> {
            if (List.of(arguments).contains(word)) {
                addGroup(line, word, group.get(), invocation);
            }
        });
        line.setExpandAtFiles(false);
        line.setTrimQuotes(false);
        line.setAllowOptionsAsOptionParameters(true);
        line.setOverwrittenOptionsAllowed(true);
        line.getSubcommands().forEach((name, verb) -> verb.setStopAtPositional(WITH_COMMAND.contains(name)));
        convert(line);
        return line;
    }

    /** With all verbs. */
    static CommandLine whole(Invocation invocation) {
        return of(invocation, Verbs.names().stream().map(name -> name.replaceFirst(" .*", "")).toArray(String[]::new));
    }

    private static void addGroup(CommandLine line, String word, Object group, Invocation invocation) {
        var verbs = new CommandLine(group);
        line.addSubcommand(word, verbs);
        for (var entry : Verbs.beginningWith(word)) {
            var verb = entry.verb();
            if (verb != null) {
                verbs.addSubcommand(entry.name().substring(word.length() + 1), new CommandLine(verb.apply(invocation)));
            }
        }
    }

    private static void convert(CommandLine line) {
        line.registerConverter(String.class, Converters::text);
        line.registerConverter(int.class, text -> Converters.number(text, Integer::valueOf));
        line.registerConverter(Long.class, text -> Converters.number(text, Long::valueOf));
        line.registerConverter(Bytes.class, Converters::bytes);
        line.registerConverter(Integer.class, text -> Converters.number(text, Integer::valueOf));
        line.registerConverter(Duration.class, text -> Converters.checked(text, Converters::duration));
        line.registerConverter(Address.class, text -> Converters.checked(text, Address::parse));
        line.registerConverter(Format.class, text -> Converters.checked(text, Format::parse));
        line.registerConverter(Shell.class, text -> Converters.checked(text, CompletionCommand::shell));
        line.registerConverter(ArrayInput.class, text -> Converters.checked(text, ArrayInput::parse));
        line.registerConverter(RetryCodes.class, text -> Converters.checked(text, RetryCodes::parse));
        line.registerConverter(Backoff.class, text -> Converters.checked(text, Converters::backoff));
        line.registerConverter(JobState.class, text -> Converters.checked(text, States::ofJob));
        line.registerConverter(TaskState.class, text -> Converters.checked(text, States::ofTask));
        line.registerConverter(Tag.class, text -> Converters.checked(text, Tag::parse));
        line.registerConverter(Target.class, text -> Converters.checked(text, Target::parse));
    }
}
