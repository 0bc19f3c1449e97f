package dev.ganger.cli.reference;

import dev.ganger.reference.Usage;
import dev.ganger.reference.Usage.Option;
import dev.ganger.wire.Build;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The manual: a page for the whole, and one for each command that does something. */
final class Manual {
    private final List<Usage> usages;
    private final String date;

    Manual(List<Usage> usages, String date) {
        this.usages = usages;
        this.date = date.replaceFirst("T.*", "");
    }

    /** The pages under the names of their files. */
    Map<String, String> pages() {
        var pages = new LinkedHashMap<String, String>();
        pages.put("ganger.1", overview(usages.getFirst()));
        commands().forEach(usage -> pages.put(name(usage) + ".1", page(usage)));
        return pages;
    }

    /** A command that only has others below it is told with them. */
    private List<Usage> commands() {
        return usages.stream()
                .filter(each -> usages.stream().noneMatch(other -> other.command().startsWith(each.command() + " ")))
                .toList();
    }

    private static String name(Usage usage) {
        return usage.command().replace(' ', '-');
    }

    private String overview(Usage ganger) {
        var page = new Roff("ganger", date, Build.VERSION).name("ganger", summary(ganger).replaceFirst("^ganger ", ""));
        page.section("SYNOPSIS").synopsis("ganger VERB [OPTION…] [OPERAND…]");
        page.section("DESCRIPTION").text(ganger.description());
        page.section("VERBS");
        for (var command : commands()) {
            page.item(Roff.bold(name(command)) + "(1)", firstSentence(command));
        }
        describe(page, "OPTIONS OF VERBS", ganger.options());
        page.section("EXIT STATUS");
        ganger.exitCodes().forEach((code, means) -> page.item(Roff.bold(code), means));
        return page.toString();
    }

    private String page(Usage usage) {
        var page = new Roff(name(usage), date, Build.VERSION).name(name(usage), summary(usage));
        page.section("SYNOPSIS").synopsis(usage.synopsis());
        page.section("DESCRIPTION").text(usage.description());
        if (!usage.operands().isEmpty()) {
            page.section("OPERANDS");
            usage.operands().forEach(each -> page.item(Roff.italic(each.label()), each.description()));
        }
        describe(page, "OPTIONS", usage.options().stream().filter(each -> !each.everywhere()).toList());
        describe(page, "OTHER OPTIONS", usage.options().stream().filter(Option::everywhere).toList());
        for (var example : usage.examples()) {
            page.section("EXAMPLE");
            if (!example.title().isEmpty()) {
                page.text(capitalised(example.title()) + ":");
            }
            page.example(example.lines());
        }
        page.section("SEE ALSO").text("ganger(1), which tells what the exit codes mean.");
        return page.toString();
    }

    private static void describe(Roff page, String title, List<Option> options) {
        if (!options.isEmpty()) {
            page.section(title);
            options.forEach(option -> describe(page, option));
        }
    }

    private static void describe(Roff page, Option option) {
        var names = option.names().stream().map(Roff::bold).collect(Collectors.joining(", "));
        page.item(option.takesValue() ? names + " " + Roff.italic(option.label()) : names, option.description());
    }

    /** As a line of a list. */
    private static String summary(Usage usage) {
        var first = usage.description().replaceFirst("[.:;,] .*", "").replaceFirst("\\.$", "");
        return first.isEmpty() ? usage.command() : Character.toLowerCase(first.charAt(0)) + first.substring(1);
    }

    private static String firstSentence(Usage usage) {
        return usage.description().replaceFirst("(?<=\\w{2}\\.) .*", "");
    }

    private static String capitalised(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
