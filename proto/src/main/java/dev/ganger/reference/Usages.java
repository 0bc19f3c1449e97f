package dev.ganger.reference;

import dev.ganger.reference.Usage.Example;
import dev.ganger.reference.Usage.Operand;
import dev.ganger.reference.Usage.Option;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Reads the usages of a program off its parser: its own first, then those of its subcommands; what is hidden stays so. */
public final class Usages {
    private static final String EXAMPLE = "Example";

    private Usages() {}

    public static List<Usage> of(CommandLine program) {
        var usages = new ArrayList<Usage>();
        add(program.getCommandSpec(), usages);
        return usages;
    }

    private static void add(CommandSpec spec, List<Usage> usages) {
        if (spec.usageMessage().hidden()) {
            return;
        }
        usages.add(usage(spec));
        spec.subcommands().values().stream().map(CommandLine::getCommandSpec).distinct().forEach(each -> add(each, usages));
    }

    private static Usage usage(CommandSpec spec) {
        var message = spec.usageMessage();
        return new Usage(spec.qualifiedName(), oneLine(new Help(spec, Help.defaultColorScheme(Ansi.OFF)).synopsis(0)),
                formatted(message.description()), examples(message.footer()),
                spec.options().stream().filter(each -> !each.hidden()).map(Usages::option).toList(),
                spec.positionalParameters().stream().filter(each -> !each.hidden()).map(Usages::operand).toList(),
                message.exitCodeList());
    }

    private static Option option(OptionSpec spec) {
        return new Option(List.of(spec.names()), spec.arity().max() == 0 ? "" : spec.paramLabel(), text(spec.description()),
                spec.inherited() || spec.usageHelp() || spec.versionHelp() || isRoot(spec));
    }

    private static boolean isRoot(OptionSpec spec) {
        return spec.scopeType() == CommandLine.ScopeType.INHERIT;
    }

    private static Operand operand(PositionalParamSpec spec) {
        return new Operand(spec.paramLabel(), text(spec.description()), spec.arity().max() > 1);
    }

    private static String text(String... lines) {
        return oneLine(String.join(" ", lines));
    }

    /** The parser takes a command's texts for formats, and gives those of options formatted. */
    private static String formatted(String... lines) {
        return oneLine(Arrays.stream(lines).map(each -> String.format(Locale.ROOT, each)).collect(Collectors.joining(" ")));
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    /** 'Example:' or 'Example: what for', and the indented lines below it. */
    private static List<Example> examples(String... footer) {
        var examples = new ArrayList<Example>();
        for (var line : Arrays.stream(footer).map(each -> String.format(Locale.ROOT, each)).toList()) {
            if (line.startsWith(EXAMPLE)) {
                examples.add(new Example(line.substring(EXAMPLE.length()).replaceFirst("^:", "").strip(), List.of()));
            } else if (line.startsWith(" ") && !examples.isEmpty()) {
                var last = examples.removeLast();
                examples.add(new Example(last.title(), Stream.concat(last.lines().stream(), Stream.of(line.strip())).toList()));
            }
        }
        return examples;
    }
}
