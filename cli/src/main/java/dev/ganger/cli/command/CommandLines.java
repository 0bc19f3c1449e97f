package dev.ganger.cli.command;

import dev.ganger.cli.reference.Shell;
import dev.ganger.cli.view.Format;
import dev.ganger.model.Backoff;
import dev.ganger.model.Bytes;
import dev.ganger.model.JobState;
import dev.ganger.model.Role;
import dev.ganger.model.Tag;
import dev.ganger.model.TaskState;
import dev.ganger.wire.Address;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import picocli.CommandLine;

/** Sets the parser up. Only verbs whose names stand among the arguments are added: looking at all of them costs start-up time. */
final class CommandLines {
    private static final List<String> WITH_COMMAND = List.of("submit", "run");

    private CommandLines() {}

    static CommandLine of(Invocation invocation, String... arguments) {
        var line = new CommandLine(invocation);
        for (var word : new LinkedHashSet<>(List.of(arguments))) {
            if (!word.contains(" ")) {
                add(line, word, word, invocation);
            }
        }
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

    /** The verb of this name; or those whose names go on after it, if this program has any. */
    private static void add(CommandLine parent, String word, String name, Invocation invocation) {
        var verb = Verbs.named(name);
        if (verb != null) {
            parent.addSubcommand(word, new CommandLine(verb.apply(invocation)));
            return;
        }
        var next = Verbs.wordsAfter(name);
        if (!next.isEmpty()) {
            var family = new VerbFamily(name);
            var line = new CommandLine(family);
            line.getCommandSpec().usageMessage().description(family.about());
            parent.addSubcommand(word, line);
            next.forEach(each -> add(line, each, name + " " + each, invocation));
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
        line.registerConverter(Role.class, text -> Converters.checked(text, Role::parse));
        line.registerConverter(Tag.class, text -> Converters.checked(text, Tag::parse));
        line.registerConverter(Target.class, text -> Converters.checked(text, Target::parse));
    }
}
